import { userInfo } from 'node:os';
import { SyncError } from '../../errors/SyncError.js';

/** The account that a process of root goes on under. */
export interface OtherAccount {
  readonly userId: number;
  /** Group of the folder the account works in. */
  readonly groupId: number;
  /** True where that group is more than the account's own: what others of it write must be usable. */
  readonly isShared: boolean;
}

/** The part of `process` that changes accounts; Windows has none of it. */
export interface AccountProcess {
  readonly env: NodeJS.ProcessEnv;
  geteuid(): number;
  getgroups(): number[];
  getuid(): number;
  initgroups(user: string, group: number): void;
  seteuid(id: number): void;
  setgid(id: number): void;
  setgroups(groups: readonly number[]): void;
  setuid(id: number): void;
}

/** What the change touches; replaced in tests. */
export interface AccountSystem {
  readonly process: AccountProcess;
  /** The entry of the effective user in the directory of accounts; undefined where it has none. */
  readonly entry: () => { readonly username: string; readonly gid: number; readonly homedir: string } | undefined;
}

/**
 * Variables that the other account may know: others name folders or programs of who started the process, or are secrets
 * of his.
 */
const HANDED_ON: ReadonlySet<string> = new Set([
  'PATH',
  'LANG',
  'LANGUAGE',
  'TZ',
  'TERM',
  'NO_COLOR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
]);

/**
 * Goes on under another account for good, with its groups; called before anything of that account is opened. A number
 * without an entry gets the group of the folder alone.
 * @throws SyncError ServiceAccountInvalid
 */
export function becomeAccount(account: OtherAccount, system: AccountSystem = realSystem()): void {
  const { process: self } = system;
  const { userId, groupId, isShared } = account;
  try {
    const entry = entryOf(userId, system);
    // Group 0 would be more than its own where the folder has root's group.
    const own = entry?.gid ?? (groupId === 0 ? userId : groupId);
    if (entry === undefined) self.setgroups([own]);
    else self.initgroups(entry.username, entry.gid);
    const groups = self.getgroups();
    if (isShared && !groups.includes(groupId)) {
      // What the directory does not say of its member, the group of a folder must not make of it.
      if (entry !== undefined || groupId === 0)
        throw invalid(userId, `it is not a member of the group ${groupId}, with which its site is shared`);
      self.setgroups([...groups, groupId]);
    }
    self.setgid(own);
    self.setuid(userId);
    setVariables(self.env, entry);
  } catch (caught) {
    if (caught instanceof SyncError) throw caught;
    throw invalid(userId, caught instanceof Error ? caught.message : String(caught), caught);
  }
  if (self.getuid() !== userId || self.geteuid() !== userId) throw invalid(userId, 'the system did not change to it');
}

/** The directory is only asked about the effective user. */
function entryOf(userId: number, { process: self, entry }: AccountSystem): ReturnType<AccountSystem['entry']> {
  self.seteuid(userId);
  try {
    return entry();
  } finally {
    self.seteuid(0);
  }
}

function setVariables(env: NodeJS.ProcessEnv, entry: ReturnType<AccountSystem['entry']>): void {
  for (const name of Object.keys(env)) if (!isHandedOn(name)) Reflect.deleteProperty(env, name);
  Object.assign(env, { HOME: entry?.homedir ?? '/', USER: entry?.username ?? '', LOGNAME: entry?.username ?? '' });
}

/** Those of proxies are written in small letters too. */
function isHandedOn(name: string): boolean {
  return HANDED_ON.has(name.toUpperCase()) || name.startsWith('LC_');
}

function invalid(userId: number, reason: string, cause?: unknown): SyncError {
  return new SyncError('ServiceAccountInvalid', { account: userId, reason }, { cause });
}

function realSystem(): AccountSystem {
  return {
    process: process as unknown as AccountProcess,
    entry: () => {
      try {
        return userInfo();
      } catch {
        return undefined; // no directory knows the number
      }
    },
  };
}
