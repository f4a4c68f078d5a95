import type { SUPSyncStatus } from '../../contract/generated/types.js';
import { isSameServer } from '../../site/isSameServer.js';
import { durationsOf } from '../../state/runDurations.js';
import type { StatusRow } from '../../state/storedStatuses.js';
import { SYNC_STATE, syncStateName } from '../../status/statusMessage.js';
import type { LinkedNode } from '../LinkedNode.js';

/** A node below a site with its newest report, also one from before the engine started. */
export type ReportedNode = Pick<
  LinkedNode,
  'siteCode' | 'serverName' | 'role' | 'connected' | 'isAwaited' | 'lastSeen' | 'lastSign' | 'lastReport'
>;

/** A software update point of the site itself: its row as the site has stored it, undefined where it has none. */
interface OwnPoint {
  readonly serverName: string;
  readonly stored: StatusRow | undefined;
}

/** What the rows of a tree are made of; the default software update point is the first. */
interface TreeFacts {
  readonly siteCode: string;
  /** The server whose software update point is in the engine that answers. */
  readonly siteServer: string;
  readonly points: readonly OwnPoint[];
  readonly nodes: readonly ReportedNode[];
  /** Where the default synchronizes from. */
  readonly source: string;
  readonly contentVersion: number;
}

/** Texts of ReplicationLinkStatus. */
export const LINK_STATUS_NAME = ['Healthy', 'Degraded', 'Error'] as const;

/** States of a row that is at rest and is not in step when its version is another one. */
const AT_REST: ReadonlySet<number> = new Set([
  0,
  SYNC_STATE.done,
  SYNC_STATE.licenceTermsPending,
  SYNC_STATE.outOfSync,
]);
/** ReplicationLinkStatus of a link that is down. */
export const LINK_ERROR = 2;
/** ReplicationLinkStatusName of a software update point whose server has not joined. */
const NOT_JOINED = 'NotJoined';
/** Of one that need not be there yet, because the site above has only just started. */
const LINK_DEGRADED = 1;

/**
 * The rows of a site and of all below it: its own, the default first, then those that the sites below have reported,
 * each site's default first.
 */
export function treeStatuses(facts: TreeFacts): StatusRow[] {
  const [first] = facts.points;
  const defaultServer = first?.serverName ?? '';
  const own = facts.points.map((point) => ownRow(point, facts));
  const below = facts.nodes
    .filter((node) => node.role === 'Site')
    .flatMap((node) => rowsOf(node, { source: defaultServer, contentVersion: facts.contentVersion }));
  return [...own, ...below];
}

function ownRow(point: OwnPoint, facts: TreeFacts): StatusRow {
  const [first] = facts.points;
  const isDefault = point === first;
  const source = isDefault ? facts.source : (first?.serverName ?? '');
  const stored = point.stored ?? neverSynchronized(facts.siteCode, point.serverName, source);
  if (!isDefault && isSameServer(point.serverName, facts.siteServer))
    return { ...(first?.stored ?? stored), WSUSServerName: point.serverName, WSUSSourceServer: source };
  const node = facts.nodes.find(
    (other) => other.role === 'SoftwareUpdatePoint' && isSameServer(other.serverName, point.serverName),
  );
  if (node === undefined) return isDefault ? stored : notJoined(stored);
  if (isDefault && !AT_REST.has(stored.LastSyncState)) return stored;
  const [reported] = rowsOf(node, { source, contentVersion: facts.contentVersion });
  return isDefault || reported === undefined ? (reported ?? stored) : replicaRow(point.stored, reported);
}

/** A further software update point without a node is heard by nobody: it never joined, or was revoked. */
function notJoined(row: StatusRow): StatusRow {
  return { ...row, ReplicationLinkStatus: LINK_ERROR, ReplicationLinkStatusName: NOT_JOINED };
}

/**
 * What the site says of a replica's turn goes before what the replica has said of itself; its version and its success
 * are its own.
 */
function replicaRow(said: StatusRow | undefined, reported: StatusRow): StatusRow {
  if (said === undefined) return reported;
  const {
    SyncCatalogVersion,
    LastSuccessfulSyncTime,
    WSUSSourceServer,
    ReplicationLinkStatus,
    LastReplicationLinkCheckTime,
    HeartbeatTime = null,
  } = reported;
  // A turn is not a success: what failed before counts until one comes.
  const failed = (said.LastSyncErrorId ?? '') === '' ? reported : said;
  return {
    ...said,
    LastSyncErrorId: failed.LastSyncErrorId,
    LastSyncErrorMessage: failed.LastSyncErrorMessage,
    HeartbeatTime,
    SyncCatalogVersion,
    LastSuccessfulSyncTime,
    WSUSSourceServer,
    ReplicationLinkStatus,
    LastReplicationLinkCheckTime,
    ...durationsOf(reported),
  };
}

/**
 * The rows that a node has reported; its first one is that of its default, compared with the content version of the
 * site above.
 */
function rowsOf(node: ReportedNode, above: { readonly source: string; readonly contentVersion: number }): StatusRow[] {
  const reported = node.lastReport?.statuses.map(toRow) ?? [
    neverSynchronized(node.siteCode, node.serverName, above.source),
  ];
  return reported.map((row, index) =>
    linked(index === 0 ? inStep({ ...row, WSUSSourceServer: above.source }, above.contentVersion) : row, node),
  );
}

function inStep(row: StatusRow, contentVersion: number): StatusRow {
  if (row.SyncCatalogVersion === contentVersion || !AT_REST.has(row.LastSyncState)) return row;
  return { ...row, LastSyncState: SYNC_STATE.outOfSync, LastSyncStateName: syncStateName(SYNC_STATE.outOfSync) };
}

/** The link of the site above is what it knows; whatever is behind a link that is down is not known to be healthy. */
function linked(row: StatusRow, node: ReportedNode): StatusRow {
  const { connected, isAwaited, lastSeen } = node;
  if (connected) return row.ReplicationLinkStatus === 0 ? living(row, node) : row;
  const silent: StatusRow = {
    ...row,
    ReplicationLinkStatus: isAwaited === true ? LINK_DEGRADED : LINK_ERROR,
    LastReplicationLinkCheckTime: lastSeen?.toISOString() ?? null,
  };
  delete silent.ReplicationLinkStatusName;
  return silent;
}

/** Who has nothing new reports nothing: it lives by what it answers, and what is behind it by its word. */
function living(row: StatusRow, { serverName, lastSeen, lastSign = lastSeen }: ReportedNode): StatusRow {
  const sign = lastSign?.toISOString() ?? null;
  const { HeartbeatTime = null } = row;
  const isHeard = HeartbeatTime !== null || isSameServer(row.WSUSServerName, serverName);
  const heartbeat = isHeard && sign !== null && sign > (HeartbeatTime ?? '') ? sign : HeartbeatTime;
  return { ...row, HeartbeatTime: heartbeat, ReplicationLinkStatus: 0, LastReplicationLinkCheckTime: sign };
}

function toRow({ HeartbeatAgeSeconds: _age, ReplicationLinkStatusName: name, ...row }: SUPSyncStatus): StatusRow {
  // What the number says needs no name, and what another site calls it is not ours.
  return row.ReplicationLinkStatus === LINK_ERROR && name === NOT_JOINED
    ? { ...row, ReplicationLinkStatusName: name }
    : row;
}

/** The row of a software update point that has not synchronized yet. */
export function neverSynchronized(siteCode: string, serverName: string, source: string): StatusRow {
  return {
    SiteCode: siteCode,
    WSUSServerName: serverName,
    WSUSSourceServer: source,
    SyncCatalogVersion: 0,
    LastSyncState: 0,
    LastSyncStateTime: null,
    LastSyncErrorCode: 0,
    LastSuccessfulSyncTime: null,
    ReplicationLinkStatus: 0,
    LastReplicationLinkCheckTime: null,
    LastSyncStateName: syncStateName(0),
    LastSyncErrorId: '',
    LastSyncErrorMessage: '',
  };
}
