import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { fullControlOf, isAdministrative, readAccess, setAccess } from '../platform/accounts/accessList.js';
import type { FoundAccess, NewAccess } from '../platform/accounts/accessList.js';
import { VOUCHER } from '../platform/files/makeFolder.js';
import { readOpen, readText } from '../platform/files/readText.js';
import { replaceFile } from '../platform/replaceFile.js';
import type { ProgramRunner } from '../platform/runProgram.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { fileAccess } from '../platform/accounts/windowsAccess.js';
import { runScript } from '../platform/windowsScript.js';
import { filesOf } from './SiteFolder.js';
import type { SiteFolder } from './SiteFolder.js';
import type { AfterSync } from './askedAfterSync.js';

/** What vouching needs from outside. */
export interface VoucherSystem {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
  /** SID or user id of this process. */
  readonly ownAccountId: () => Promise<string>;
}

/** What `aftersync.json` of a site folder holds; whose it is says the owner of the file, which nobody can forge. */
interface Voucher extends AfterSync {
  /** 1; none in what was written before there were numbers. */
  readonly format?: number;
  /** A copy from another site counts for nothing. */
  readonly siteGuid: string;
  /** Programs of status filter rules; undefined: whatever is set in a site of one account. */
  readonly programs?: readonly string[];
}

const FORMAT = 1;

type VoucherSite = Pick<SiteFolder, 'path' | 'files' | 'siteGuid' | 'operators'>;

/**
 * Vouches for the after-sync command as the account of this process: every operator can write the database, as can an
 * account that the folder belonged to before, and none can make a file of somebody else.
 * @throws SyncError SiteFolderNotWritable
 */
export async function vouchForAfterSync(site: VoucherSite, hook: AfterSync, system: VoucherSystem): Promise<void> {
  const isShared = await hasOthers(site, system);
  const path = join(site.path, VOUCHER);
  // There it says only that what a backup brought is not this account's.
  const isThere = filesOf(site).existsSync(path);
  if (system.platform === 'win32' && !isShared && !isThere) return;
  const own = await ownVouched(site, system);
  const programs = own === undefined && isThere ? [] : own?.programs;
  await writeVoucher(site, { ...hook, programs }, system);
}

/** So many programs of rules are vouched for; the oldest is forgotten first. */
const MOST_PROGRAMS = 100;

/**
 * Vouches for the program of a status filter rule, beside the after-sync command of this account. What another account
 * has vouched for stays: then the sentence says why the program does not run.
 * @throws SyncError SiteFolderNotWritable
 */
export async function vouchForProgram(
  site: VoucherSite,
  program: string,
  system: VoucherSystem,
): Promise<string | undefined> {
  const isThere = filesOf(site).existsSync(join(site.path, VOUCHER));
  // A site of one account that never vouched for anything runs what is set.
  if (!isThere && !(await hasOthers(site, system))) return undefined;
  const reason = isThere ? await reasonAgainstProgram(site, program, system) : undefined;
  const own = await ownVouched(site, system);
  if (isThere && reason === undefined) return undefined;
  if (own === undefined && reason !== NOT_VOUCHED && reason !== undefined) return reason;
  const programs = [...(own?.programs ?? []).filter((one) => one !== program), program].slice(-MOST_PROGRAMS);
  await writeVoucher(site, { command: own?.command ?? '', arguments: own?.arguments ?? [], programs }, system);
  return undefined;
}

async function writeVoucher(
  site: VoucherSite,
  vouched: AfterSync & Pick<Voucher, 'programs'>,
  system: VoucherSystem,
): Promise<void> {
  const isShared = await hasOthers(site, system);
  const path = join(site.path, VOUCHER);
  const voucher: Voucher = { format: FORMAT, siteGuid: site.siteGuid, ...vouched };
  const written = replaceFile(path, `${JSON.stringify(voucher)}\n`, {
    files: filesOf(site),
    mode: isShared ? 0o640 : 0o600,
  });
  await written.catch((caught: unknown) => refuseOperator(site, caught, system));
  if (system.platform !== 'win32' || !isShared) return;
  await setAccess(path, [await voucherAccess(site, path, system)], system);
}

/**
 * A writer who is not the owner needs no right of his own, and would be one more who may change it. Who has full
 * control of the folder reads it: the account of the service is one.
 */
async function voucherAccess(site: VoucherSite, path: string, system: VoucherSystem): Promise<NewAccess> {
  const lists = await readAccess([site.path, path], system);
  const [folder, file] = 'reason' in lists ? [] : lists.items;
  if ('reason' in lists || folder?.entries === undefined || file?.owner === undefined)
    throw new SyncError('SiteFolderInvalid', { path, reason: 'its access list cannot be read' });
  const writers = [SYSTEM, ADMINISTRATORS].includes(file.owner) ? [] : [lists.own];
  return fileAccess(path, { writers, readers: fullControlOf(folder) });
}

/** Operators on Windows only read the folder; the engine has the command by now, and does not run it. */
function refuseOperator({ path }: VoucherSite, caught: unknown, { platform }: VoucherSystem): never {
  if (platform !== 'win32' || !['EACCES', 'EPERM'].includes(systemErrorCode(caught))) throw caught;
  const reason = 'the after-sync command does not run until an account that may write there sets it';
  throw new SyncError('SiteFolderNotWritable', { path, reason }, { cause: caught });
}

/**
 * Why the after-sync command must not run under the account of this process, or undefined: it is the one that set it,
 * or the site has had no operators and no other account.
 */
export async function reasonAgainstAfterSync(
  site: VoucherSite,
  hook: AfterSync,
  system: VoucherSystem,
): Promise<string | undefined> {
  return reasonAgainst(site, (voucher) => isSameHook(voucher, hook), system);
}

/** The same of the program of a status filter rule. */
export async function reasonAgainstProgram(
  site: VoucherSite,
  program: string,
  system: VoucherSystem,
): Promise<string | undefined> {
  const isAlone = !(await hasOthers(site, system).catch(() => true));
  return reasonAgainst(site, ({ programs }) => programs?.includes(program) ?? isAlone, system);
}

async function reasonAgainst(
  site: VoucherSite,
  isVouched: (voucher: Partial<Voucher>) => boolean,
  system: VoucherSystem,
): Promise<string | undefined> {
  try {
    const isWindows = system.platform === 'win32';
    const isShared = await hasOthers(site, system);
    if (isWindows && !isShared) return reasonAgainstRestored(site, isVouched);
    const found = isWindows ? await foundOnWindows(site, system) : foundElsewhere(site);
    // A site of one account has none from an earlier version.
    if (found === undefined) return isShared ? 'the account that set it is unknown' : undefined;
    const own = await system.ownAccountId();
    if (!isOwn(found, own)) return `the account ${found.owner} set it, and this engine runs as ${own}`;
    return reasonAgainstText(found.text, site, isVouched);
  } catch (caught) {
    return `the account that set it cannot be read (${reasonOf(caught)})`;
  }
}

/** What this account has vouched for so far, or undefined; operators of Windows cannot read it. */
export async function vouchedAfterSync(site: VoucherSite, system: VoucherSystem): Promise<AfterSync | undefined> {
  const own = await ownVouched(site, system);
  return own === undefined ? undefined : { command: own.command, arguments: own.arguments };
}

async function ownVouched(
  site: VoucherSite,
  system: VoucherSystem,
): Promise<(AfterSync & Pick<Voucher, 'programs'>) | undefined> {
  try {
    const text = await ownVoucher(site, system);
    const {
      format = FORMAT,
      siteGuid,
      command,
      arguments: given,
      programs,
    }: Partial<Voucher> = JSON.parse(text ?? '{}') as object;
    if (format > FORMAT || siteGuid !== site.siteGuid || command === undefined) return undefined;
    return { command, arguments: given ?? [], programs: programs ?? [] };
  } catch (caught) {
    if (caught instanceof SyncError || caught instanceof SyntaxError || systemErrorCode(caught) !== '')
      return undefined;
    throw caught;
  }
}

async function ownVoucher(site: VoucherSite, system: VoucherSystem): Promise<string | undefined> {
  const isWindows = system.platform === 'win32';
  const [files, path] = [filesOf(site), join(site.path, VOUCHER)];
  if (isWindows && !(await hasOthers(site, system))) return files.existsSync(path) ? readText(files, path) : undefined;
  const found = isWindows ? await foundOnWindows(site, system) : foundElsewhere(site);
  return found !== undefined && isOwn(found, await system.ownAccountId()) ? found.text : undefined;
}

/** A voucher that was found: whose it is, and who else may write into it. */
interface FoundVoucher {
  readonly owner: string;
  readonly writers: readonly string[];
  readonly text: string;
}

const SYSTEM = 'S-1-5-18';
const ADMINISTRATORS = 'S-1-5-32-544';

/** Administrators of Windows act as every account of the machine anyway. */
function isOwn({ owner, writers }: FoundVoucher, own: string): boolean {
  const equals = new Set([own, SYSTEM, ADMINISTRATORS]);
  return equals.has(owner) && writers.every((writer) => equals.has(writer));
}

const NOT_VOUCHED = 'the site was given to this account, or restored, after the command was set';

/** A site of one account on Windows has a voucher only after a restore; whose it is does not matter. */
function reasonAgainstRestored(
  site: VoucherSite,
  isVouched: (voucher: Partial<Voucher>) => boolean,
): string | undefined {
  const [files, path] = [filesOf(site), join(site.path, VOUCHER)];
  // Another restore may have brought another command than the one that was set since.
  return files.existsSync(path) ? reasonAgainstText(readText(files, path), site, isVouched) : undefined;
}

function reasonAgainstText(
  text: string,
  site: VoucherSite,
  isVouched: (voucher: Partial<Voucher>) => boolean,
): string | undefined {
  const voucher = JSON.parse(text) as Partial<Voucher>;
  const { format = FORMAT, siteGuid } = voucher;
  if (format > FORMAT) return 'a newer version set it';
  if (siteGuid === undefined) return NOT_VOUCHED;
  const isSame = siteGuid === site.siteGuid && isVouched(voucher);
  return isSame ? undefined : 'another account than the one that set it changed it';
}

function isSameHook({ command, arguments: given }: Partial<Voucher>, hook: AfterSync): boolean {
  return command === hook.command && JSON.stringify(given) === JSON.stringify(hook.arguments);
}

function foundElsewhere(site: VoucherSite): FoundVoucher | undefined {
  const files = filesOf(site);
  const descriptor = openVoucher(files, join(site.path, VOUCHER));
  if (descriptor === undefined) return undefined;
  try {
    const { uid, mode } = files.fstatSync(descriptor);
    const writers = (mode & 0o022) === 0 ? [] : ['its group'];
    return { owner: String(uid), writers, text: readOpen(files, descriptor).toString('utf8') };
  } finally {
    files.closeSync(descriptor);
  }
}

function openVoucher(files: SiteFolder['files'], path: string): number | undefined {
  try {
    return files.openSync(path, 'r');
  } catch (caught) {
    if (systemErrorCode(caught) === 'ENOENT') return undefined;
    throw caught;
  }
}

/** True where others than one account and administrators use a site; on Windows whatever site.json says. */
async function hasOthers(site: VoucherSite, system: VoucherSystem): Promise<boolean> {
  return site.operators.length > 0 || (system.platform === 'win32' && (await hasOthersOnWindows(site, system)));
}

/** Who may read the folder without having full control of it can have the secret of the pipe, and ask the engine. */
async function hasOthersOnWindows({ path }: VoucherSite, system: VoucherSystem): Promise<boolean> {
  const answer = await readAccess([path], system);
  const found: Partial<FoundAccess> = 'reason' in answer ? answer : (answer.items[0] ?? {});
  if (found.entries === undefined)
    throw new SyncError('SiteFolderInvalid', { path, reason: found.reason ?? 'its access list cannot be read' });
  const full = fullControlOf(found);
  return found.entries.some(
    ({ sid, isAllowed, isForChildrenOnly }) =>
      isAllowed && !isForChildrenOnly && !full.includes(sid) && !isAdministrative(sid),
  );
}

async function foundOnWindows(site: VoucherSite, { env, run }: VoucherSystem): Promise<FoundVoucher | undefined> {
  const path = join(site.path, VOUCHER);
  if (!filesOf(site).existsSync(path)) return undefined;
  const answer = await runScript({ name: 'Read-CMSyncVoucher', given: { path } }, { env, run });
  if ('reason' in answer) throw new SyncError('SiteFolderInvalid', { path, reason: answer.reason });
  return answer.value as FoundVoucher;
}
