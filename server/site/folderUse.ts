import type { Stats } from 'node:fs';

/** The account of this process; on Windows there is none, the access list of the folder counts there. */
interface ProcessAccount {
  readonly userId: number;
  readonly groups: readonly number[];
}

/** An account that a privileged process works under in a site folder that is not its own. */
export interface FolderAccount {
  readonly userId: number;
  /** Of the folder. */
  readonly groupId: number;
  /** True where the group of the folder is that of the operators. */
  readonly isShared: boolean;
}

/** How a process may use a site folder. */
export type FolderUse =
  /** As itself: it is the owner, or one of the operators. */
  | { readonly as: 'self' }
  /** It is root, and what is started there runs under the account of the folder. */
  | { readonly as: 'account'; readonly account: FolderAccount }
  /** It may ask the engine of others and start none: root does not run where others can write. */
  | { readonly as: 'guest'; readonly reason: string }
  | { readonly as: 'nobody'; readonly reason: string };

const ROOT = 0;

/**
 * Decides whose a site folder is, and so under which account its engine runs: its owner knows the secret and decides
 * what the engine does. `found` is what the system says of the folder, `process` who asks.
 */
export function folderUse(found: Pick<Stats, 'uid' | 'gid' | 'mode'>, process: ProcessAccount | undefined): FolderUse {
  if (process === undefined) return { as: 'self' };
  if ((found.mode & 0o002) !== 0) return { as: 'nobody', reason: 'everybody may write there' };
  const isShared = (found.mode & 0o020) !== 0;
  if (process.userId === ROOT) return useOfRoot(found, isShared);
  const isMember = isShared && process.groups.includes(found.gid);
  if (found.uid === process.userId || found.uid === ROOT || isMember) return { as: 'self' };
  return { as: 'nobody', reason: `it belongs to the user ${found.uid}` };
}

function useOfRoot(found: Pick<Stats, 'uid' | 'gid'>, isShared: boolean): FolderUse {
  if (found.uid !== ROOT) return { as: 'account', account: { userId: found.uid, groupId: found.gid, isShared } };
  return isShared ? { as: 'guest', reason: 'it belongs to root and its operators may write there' } : { as: 'self' };
}

/** The account this process runs under. */
export function processAccount(): ProcessAccount | undefined {
  const userId = process.geteuid?.();
  return userId === undefined
    ? undefined
    : { userId, groups: [process.getegid?.() ?? userId, ...(process.getgroups?.() ?? [])] };
}
