import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { readAccess, setAccess } from '../platform/accessList.js';
import type { FoundAccess } from '../platform/accessList.js';
import { VOUCHER } from '../platform/files/makeFolder.js';
import { readOpen, readText } from '../platform/files/readText.js';
import { replaceFile } from '../platform/replaceFile.js';
import type { ProgramRunner } from '../platform/runProgram.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { fileAccess } from '../platform/windowsAccess.js';
import { runScript } from '../platform/windowsScript.js';
import { filesOf } from './SiteFolder.js';
import type { SiteFolder } from './SiteFolder.js';

/** A program with its arguments that runs after a synchronization. */
interface AfterSync {
  readonly command: string;
  readonly arguments: readonly string[];
}

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
}

const FORMAT = 1;

type VoucherSite = Pick<SiteFolder, 'path' | 'files' | 'siteGuid' | 'operators'>;

/**
 * Vouches for the after-sync command as the account of this process: every operator can write the database, as can an
 * account that the folder belonged to before, and none can make a file of somebody else.
 * @throws SyncError SiteFolderNotWritable
 */
export async function vouchForAfterSync(site: VoucherSite, hook: AfterSync, system: VoucherSystem): Promise<void> {
  const isShared = site.operators.length > 0;
  const path = join(site.path, VOUCHER);
  // There it says only that what a backup brought is not this account's.
  if (system.platform === 'win32' && !isShared && !filesOf(site).existsSync(path)) return;
  const voucher: Voucher = { format: FORMAT, siteGuid: site.siteGuid, ...hook };
  const written = replaceFile(path, `${JSON.stringify(voucher)}\n`, {
    files: filesOf(site),
    mode: isShared ? 0o640 : 0o600,
  });
  await written.catch((caught: unknown) => refuseOperator(site, caught, system));
  if (system.platform !== 'win32' || !isShared) return;
  await setAccess(path, [fileAccess(path, await system.ownAccountId())], system);
}

/** Operators on Windows only read the folder; the engine has the command by now, and does not run it. */
function refuseOperator({ path }: VoucherSite, caught: unknown, { platform }: VoucherSystem): never {
  if (platform !== 'win32' || !['EACCES', 'EPERM'].includes(systemErrorCode(caught))) throw caught;
  const reason = 'the after-sync command does not run until an account sets it that may write there';
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
  try {
    const isWindows = system.platform === 'win32';
    const isShared = site.operators.length > 0 || (isWindows && (await hasOperatorsOnWindows(site, system)));
    if (isWindows && !isShared) return reasonAgainstRestored(site, hook);
    const found = isWindows ? await foundOnWindows(site, system) : foundElsewhere(site);
    // A site of one account has none from an earlier version.
    if (found === undefined) return isShared ? 'it is not known which account set it' : undefined;
    const own = await system.ownAccountId();
    if (!isOwn(found, own)) return `the account ${found.owner} set it, and this engine runs as ${own}`;
    return reasonAgainstText(found.text, site, hook);
  } catch (caught) {
    return `which account set it cannot be read (${reasonOf(caught)})`;
  }
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

const NOT_VOUCHED = 'the site was given to this account, or restored, after it was set';

/** A site of one account on Windows has a voucher only after a restore; whose it is does not matter. */
function reasonAgainstRestored(site: VoucherSite, hook: AfterSync): string | undefined {
  const [files, path] = [filesOf(site), join(site.path, VOUCHER)];
  // Another restore may have brought another command than the one that was set since.
  return files.existsSync(path) ? reasonAgainstText(readText(files, path), site, hook) : undefined;
}

function reasonAgainstText(text: string, site: VoucherSite, hook: AfterSync): string | undefined {
  const { format = FORMAT, siteGuid, command, arguments: given } = JSON.parse(text) as Partial<Voucher>;
  if (format > FORMAT) return 'a newer version has set it';
  if (siteGuid === undefined) return NOT_VOUCHED;
  const isSame =
    siteGuid === site.siteGuid && command === hook.command && JSON.stringify(given) === JSON.stringify(hook.arguments);
  return isSame ? undefined : 'it was changed by another account than the one that set it';
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

/** Rights of Windows: to write into a folder, and all of them. */
const [WRITE, FULL] = [0x2, 0x1f01ff];

/**
 * Operators can write site.json, so the access list of the folder tells whether there are any: who may change it and
 * has not full control.
 */
async function hasOperatorsOnWindows({ path }: VoucherSite, system: VoucherSystem): Promise<boolean> {
  const answer = await readAccess([path], system);
  const found: Partial<FoundAccess> = 'reason' in answer ? answer : (answer.items[0] ?? {});
  if (found.entries === undefined)
    throw new SyncError('SiteFolderInvalid', { path, reason: found.reason ?? 'its access list cannot be read' });
  return found.entries.some(
    ({ rights, isAllowed, isForChildrenOnly }) =>
      isAllowed && !isForChildrenOnly && (rights & WRITE) !== 0 && (rights & FULL) !== FULL,
  );
}

async function foundOnWindows(site: VoucherSite, { env, run }: VoucherSystem): Promise<FoundVoucher | undefined> {
  const path = join(site.path, VOUCHER);
  if (!filesOf(site).existsSync(path)) return undefined;
  const answer = await runScript({ name: 'Read-CMSyncVoucher', given: { path } }, { env, run });
  if ('reason' in answer) throw new SyncError('SiteFolderInvalid', { path, reason: answer.reason });
  return answer.value as FoundVoucher;
}
