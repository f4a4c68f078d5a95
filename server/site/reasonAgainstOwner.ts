import type { Stats } from 'node:fs';

/** The account of this process; on Windows there is none, the access list of the folder counts there. */
export interface SiteAccount {
  readonly userId: number;
  readonly groups: readonly number[];
}

const root = 0;

/**
 * Why a site folder must not be used by this account, or undefined: its owner knows the secret and decides what its
 * engine
 * does, so it must be this account itself, root, or (a site with operators) a member of the group it is shared with.
 */
export function reasonAgainstOwner(
  found: Pick<Stats, 'uid' | 'gid' | 'mode'>,
  account: SiteAccount | undefined,
): string | undefined {
  if (account === undefined) return undefined;
  if ((found.mode & 0o002) !== 0) return 'everybody may write there';
  const isShared = (found.mode & 0o070) === 0o070 && account.groups.includes(found.gid);
  if (found.uid === account.userId || found.uid === root || isShared) return undefined;
  return `it belongs to the user ${found.uid}`;
}

/** The account this process runs under. */
export function siteAccount(): SiteAccount | undefined {
  const userId = process.getuid?.();
  return userId === undefined
    ? undefined
    : { userId, groups: [process.getgid?.() ?? userId, ...(process.getgroups?.() ?? [])] };
}
