import { commonVersion, type ContractRange } from '../contract/versions.js';
import { SyncError } from '../errors/SyncError.js';

/**
 * Versions of the site link that this code speaks; another major version of the module is refused in any case. Version
 * 2 has findings, the names of links, and durations in reports, version 3 in states how alerts are sent.
 */
export const LINK_RANGE: ContractRange = { minimum: 1, maximum: 3 };

/** Where a WebSocket of the site link is opened on the port of the parent; letters in any case. */
export const LINK_PATH = '/ConfigMgrSync/link';

/** Methods and notifications of the site link. */
export const LINK_METHODS = {
  hello: 'link/hello',
  join: 'link/join',
  authenticate: 'link/authenticate',
  claim: 'link/claim',
  rotateKey: 'link/rotateKey',
  /** Notification of the parent. */
  state: 'link/state',
  /** Notification of the node. */
  report: 'link/report',
  /** Notification of either side before it closes. */
  closing: 'link/closing',
} as const;

/** Limits and times of the site link. */
export const LINK_LIMITS = {
  /** Of one message, and of one WebSocket frame. */
  messageBytes: 8 * 1024 * 1024,
  /** All that a peer may send before it has proved itself. */
  handshakeBytes: 65_536,
  handshakeMs: 20_000,
  /** Whoever has sent nothing in this time after a ping is gone. */
  pingMs: 30_000,
  /** Connections that have not proved themselves, at most, and how many of them are kept for known nodes. */
  greeting: 1000,
  keptGreeting: 200,
  /** What one address may have of them. */
  greetingShare: 0.25,
  /** What a node may send: so many at once, so many a second on average. */
  messages: { most: 100, perSecond: 5 },
  bytes: { most: 32 * 1024 * 1024, perSecond: 1024 * 1024 },
  /** So long the end of a run waits for a node to take what it is told. */
  takingMs: 1000,
  /** Shortest time between two reports of a node. */
  reportMs: 500,
  /** From this difference of the clocks on both logs have a warning. */
  clockWarningMs: 60_000,
  /** A node whose clock is so much ahead of its parent's is refused: what it reports would lie in the future. */
  clockAheadMs: 3_600_000,
  closingMs: 2000,
} as const;

/** What the two ends of a link say of themselves. */
interface LinkParty {
  readonly moduleVersion: string;
  readonly contract: ContractRange;
  readonly siteCode: string;
  /** ISO 8601 UTC */
  readonly time: string;
}

/**
 * Refuses another major version, and a peer without a version of the link in common. @throws SyncError
 * LinkVersionMismatch
 */
export function checkVersion(peer: LinkParty, ours: string): void {
  if (commonVersion(LINK_RANGE, peer.contract) !== undefined && majorOf(peer.moduleVersion) === majorOf(ours)) return;
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
  if (difference > LINK_LIMITS.clockAheadMs) return { difference, verdict: 'Ahead' };
  return { difference, verdict: Math.abs(difference) > LINK_LIMITS.clockWarningMs ? 'Differs' : 'Same' };
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
