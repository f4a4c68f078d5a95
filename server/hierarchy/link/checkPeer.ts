import { SyncError } from '../../errors/SyncError.js';
import { linkContract, linkLimits } from './linkContract.js';

/** What the two ends of a link say of themselves. */
export interface LinkParty {
  readonly moduleVersion: string;
  readonly contract: { readonly minimum: number; readonly maximum: number };
  readonly siteCode: string;
  /** ISO 8601 UTC */
  readonly time: string;
}

/**
 * Refuses another major version, and a peer without a version of the link in common. @throws SyncError
 * LinkVersionMismatch
 */
export function checkVersion(peer: LinkParty, ours: string): void {
  const isSpoken = peer.contract.minimum <= linkContract && peer.contract.maximum >= linkContract;
  if (isSpoken && majorOf(peer.moduleVersion) === majorOf(ours)) return;
  throw new SyncError('LinkVersionMismatch', { site: peer.siteCode, theirs: peer.moduleVersion, ours });
}

/**
 * What the clocks of a node and its parent say: the difference in ms (above 0: the node is ahead), and what follows.
 */
export function compareClocks(
  node: Date,
  parent: Date,
): { readonly difference: number; readonly verdict: 'Same' | 'Differs' | 'Ahead' } {
  const difference = node.getTime() - parent.getTime();
  if (difference > linkLimits.clockAheadMs) return { difference, verdict: 'Ahead' };
  return { difference, verdict: Math.abs(difference) > linkLimits.clockWarningMs ? 'Differs' : 'Same' };
}

/** The warning of both logs, without the beginning of their lines. */
export function clockWarning(difference: number, names: { readonly node: string; readonly parent: string }): string {
  const seconds = Math.round(Math.abs(difference) / 1000);
  return (
    `warning: the clock of ${names.node} is ${seconds} ` +
    `seconds ${difference > 0 ? 'ahead of' : 'behind'} that of its parent ${names.parent}.`
  );
}

function majorOf(version: string): string | undefined {
  return version.split('.')[0];
}
