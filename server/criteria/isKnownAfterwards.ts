import { EXPIRY, type SoftwareUpdateRow } from '../store/rows.js';

/**
 * Whether a list that names an update that was removed for good passes over it. What went because the upstream or the
 * subscription did not name it any more is wanted again when a list names it; a hidden child comes with its bundle.
 */
export function isKnownAfterwards(row: Pick<SoftwareUpdateRow, 'expiryReason' | 'isHidden'> | undefined): boolean {
  if (row === undefined || row.isHidden) return true;
  return row.expiryReason !== EXPIRY.upstream && row.expiryReason !== EXPIRY.subscription;
}
