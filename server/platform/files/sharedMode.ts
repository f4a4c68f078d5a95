import type { Stats } from 'node:fs';

/** The after-sync command as the account has set it that owns the file. */
export const VOUCHER = 'aftersync.json';

/** Files that one account vouches for by owning them: others read them, and can only put another one in the place. */
const VOUCHED: ReadonlySet<string> = new Set(['service.json', VOUCHER]);

/**
 * The mode of a file or folder of a site that is shared with a group: what is made in a folder belongs to its group,
 * whoever makes it.
 */
export function sharedMode(name: string, found: Pick<Stats, 'isDirectory'>): number {
  if (found.isDirectory()) return 0o2770;
  return VOUCHED.has(name) ? 0o640 : 0o660;
}
