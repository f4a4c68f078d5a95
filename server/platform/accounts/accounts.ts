import { SyncError } from '../../errors/SyncError.js';
import type { ServiceAccount } from '../service/ServicePlan.js';
import { programReason } from '../runProgram.js';
import type { ProgramEnd, ProgramRunner } from '../runProgram.js';
import { sidOfWhoami } from './windowsAccess.js';
import { runScript, systemProgram, whoamiCall } from '../windowsScript.js';
import type { ScriptSystem } from '../windowsScript.js';

/** What looking up an account needs from outside. */
export interface AccountsOptions {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly run: ProgramRunner;
  /** Undefined on Windows. */
  readonly userId: number | undefined;
}

/**
 * Names of the accounts of the system, in every spelling administrators use; their translated names are looked up as
 * others are.
 */
const WELL_KNOWN: readonly (readonly [RegExp, ServiceAccount])[] = [
  [/^(nt authority\\|\.\\)?(local)?system$|^s-1-5-18$/i, { name: 'NT AUTHORITY\\SYSTEM', id: 'S-1-5-18' }],
  [/^(nt authority\\)?local ?service$|^s-1-5-19$/i, { name: 'NT AUTHORITY\\LOCAL SERVICE', id: 'S-1-5-19' }],
  [/^(nt authority\\)?network ?service$|^s-1-5-20$/i, { name: 'NT AUTHORITY\\NETWORK SERVICE', id: 'S-1-5-20' }],
];

/** The SID or user id of this process. */
export async function ownAccountId(options: AccountsOptions): Promise<string> {
  if (options.userId !== undefined) return String(options.userId);
  const end = await options.run(whoamiCall(options.env));
  const sid = sidOfWhoami(end.stdout);
  if (sid === undefined)
    throw new SyncError('ServiceAccountInvalid', {
      account: 'of this process',
      reason: `whoami: ${programReason(end)}`,
    });
  return sid;
}

/** Tells whether this process may register services: root, or an elevated administrator. */
export async function isAdministrator(options: AccountsOptions): Promise<boolean> {
  if (options.userId !== undefined) return options.userId === 0;
  const end = await options.run({
    command: systemProgram('whoami.exe', options.env),
    args: ['/groups', '/fo', 'csv', '/nh'],
  });
  // The integrity level: high, or that of the system.
  return /"S-1-16-(12288|16384)"/.test(end.stdout);
}

/** The account of a name. @throws SyncError ServiceAccountInvalid */
export async function findAccount(name: string, options: AccountsOptions): Promise<ServiceAccount> {
  const known = options.platform === 'win32' ? WELL_KNOWN.find(([pattern]) => pattern.test(name))?.[1] : undefined;
  return known ?? (options.platform === 'win32' ? findOnWindows(name, options) : findElsewhere(name, options));
}

async function findOnWindows(account: string, options: AccountsOptions): Promise<ServiceAccount> {
  const [found] = await accountsOnWindows([account], options);
  if (found !== undefined && 'id' in found) return found;
  throw new SyncError('ServiceAccountInvalid', { account, reason: found?.reason ?? 'PowerShell gave no answer' });
}

/** Account or reason for each name or SID, in their order. `.\\name` comes back with the name of the machine. */
export async function accountsOnWindows(
  names: readonly string[],
  system: ScriptSystem,
): Promise<readonly (ServiceAccount | { readonly reason: string })[]> {
  const answer = await runScript({ name: 'Resolve-CMSyncAccount', given: { accounts: names } }, system);
  if ('reason' in answer) return names.map(() => answer);
  const found = answer.value as readonly { sid?: string; name?: string; reason?: string }[];
  return names.map((name, index) => {
    const { sid, name: full, reason } = found[index] ?? {};
    return sid === undefined ? { reason: plainReason(reason) } : { name: full ?? name, id: sid };
  });
}

function plainReason(reason: string | undefined): string {
  return (reason ?? 'PowerShell gave no answer').trim().replace(/\.$/, '');
}

/**
 * By `id`, which asks every directory the machine knows, not only its own file. A number that no directory knows is an
 * account too: in a container most have no name.
 */
async function findElsewhere(account: string, options: AccountsOptions): Promise<ServiceAccount> {
  if (!/^(?!-)[\w.@+\\-]+\$?$/.test(account))
    throw new SyncError('ServiceAccountInvalid', { account, reason: 'it is not the name of a user' });
  const [name, id, groupId] = await Promise.all(['-un', '-u', '-g'].map((flag) => askId(flag, account, options)));
  if (name?.code === 0 && id?.code === 0 && groupId?.code === 0)
    return { name: name.stdout.trim(), id: id.stdout.trim(), groupId: Number(groupId.stdout.trim()) };
  if (/^\d{1,9}$/.test(account)) return { name: account, id: account, groupId: Number(account) };
  throw new SyncError('ServiceAccountInvalid', { account, reason: programReason(name ?? NO_ANSWER) });
}

/** The numbers of the groups of an account; undefined where no directory knows it. */
export async function groupsOf(
  account: ServiceAccount,
  options: Pick<AccountsOptions, 'run'>,
): Promise<readonly number[] | undefined> {
  const end = await askId('-G', account.id, options);
  return end.code === 0 ? end.stdout.trim().split(/\s+/).map(Number) : undefined;
}

const NO_ANSWER: ProgramEnd = { code: 1, stdout: '', stderr: 'id gave no answer' };

async function askId(flag: string, account: string, { run }: Pick<AccountsOptions, 'run'>): Promise<ProgramEnd> {
  return run({ command: 'id', args: [flag, account] });
}
