import { SyncError } from '../../errors/SyncError.js';
import { isSameServer } from '../../site/isSameServer.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { readPoints } from '../../state/softwareUpdatePoints.js';
import { lastErrorCode, statusChange } from '../../state/statusChange.js';
import { readStatusRow, type StatusRow, statusRowChange } from '../../state/storedStatuses.js';
import { SYNC_STATE, syncStateName } from '../../status/statusMessage.js';
import type { LinkedNode } from '../LinkedNode.js';
import { decideTurn, type LostReason, type ReplicaFacts, type Turn, TURN_LIMITS, type TurnStep } from './decideTurn.js';
import { neverSynchronized } from './treeStatuses.js';

/** A further software update point of the site as the turns see it; without a node it has not joined. */
interface Replica {
  readonly serverName: string;
  readonly node?: Omit<ReplicaFacts, 'lostAt'> | undefined;
}

/** What the turns of the replicas are made of. */
interface ReplicaTurnsOptions {
  readonly context: SiteContext;
  /** The further software update points in the order in which they are served. */
  readonly replicas: () => Promise<readonly Replica[]>;
  /** Gives a node its turn: tells it the request. */
  readonly serve: (nodeId: number) => Promise<void>;
  /** Called when rows have changed. */
  readonly onChange: () => void;
}

const LOST: Readonly<Record<Exclude<LostReason, 'away' | 'removed'>, string>> = {
  begin: 'has not begun to synchronize',
  silent: 'has not answered',
  whole: 'has not finished',
};

/**
 * Serves the further software update points of a site one after the other (6706), and tells in their rows why one had
 * no turn.
 */
export class ReplicaTurns {
  readonly #options: ReplicaTurnsOptions;
  #turn: Turn | undefined;
  /** Request of the round, 0 before the first; announced when its first line is in the log. */
  #requestId = 0;
  #isAnnounced = false;
  readonly #lost = new Map<number, number>();

  constructor(options: ReplicaTurnsOptions) {
    this.#options = options;
  }

  /**
   * Begins a round: the replicas are asked for what a request asks for. Those that cannot be asked have their reason in
   * their row.
   */
  async begin(requestId: number): Promise<void> {
    this.#start(requestId);
    for (const replica of await this.#options.replicas())
      if (replica.node?.isConnected !== true) await this.#refuse(replica, unreachable(replica, this.#options.context));
    await this.look();
  }

  /**
   * Goes on with the round of an engine that has ended: what it said of replicas that are done by now goes, the others
   * get their turn when they connect.
   */
  async goOn(requestId: number): Promise<void> {
    this.#start(requestId);
    const done = (await this.#options.replicas())
      .filter(({ node }) => node?.handled === requestId)
      .map(({ serverName }) => serverName);
    if (done.length > 0) await this.#options.context.database.commit({ removedStatuses: done });
    await this.look();
  }

  /** Looks whose turn it is: after every change and every minute. */
  async look(): Promise<void> {
    for (let isOver = false; !isOver;) {
      const replicas = await this.#options.replicas();
      const step = this.#decide(replicas);
      if (step.step === 'wait') isOver = true;
      else await this.#take(step, replicas);
    }
  }

  #start(requestId: number): void {
    this.#requestId = requestId;
    this.#isAnnounced = false;
    this.#lost.clear();
  }

  #decide(replicas: readonly Replica[]): TurnStep {
    const facts = replicas.flatMap(({ node }) =>
      node === undefined ? [] : [{ ...node, lostAt: this.#lost.get(node.nodeId) }],
    );
    return decideTurn(this.#turn, facts, { requestId: this.#requestId, now: this.#options.context.now().getTime() });
  }

  async #take(step: Exclude<TurnStep, { step: 'wait' }>, replicas: readonly Replica[]): Promise<void> {
    const replica = replicas.find(({ node }) => node?.nodeId === step.nodeId);
    const now = this.#options.context.now().getTime();
    this.#turn = step.step === 'serve' ? { nodeId: step.nodeId, requestId: this.#requestId, since: now } : undefined;
    if (step.step === 'lost') this.#lost.set(step.nodeId, now);
    if (replica === undefined) return;
    if (step.step === 'serve') await this.#serve(replica, step.nodeId);
    else if (step.step === 'lost')
      await this.#refuse(replica, lostError(step.reason, replica.serverName, this.#options.context));
    else await this.#finish(replica);
  }

  async #serve(replica: Replica, nodeId: number): Promise<void> {
    const { log } = this.#options.context;
    if (!this.#isAnnounced) log.write('Synchronizing replica WSUS servers');
    this.#isAnnounced = true;
    await this.#say(replica, { state: SYNC_STATE.synchronizingReplica });
    log.write(
      `Synchronizing WSUS server ${replica.serverName} ...`,
      'sync: Starting Replica WSUS synchronization',
      'sync: Replica WSUS synchronizing other items',
    );
    await this.#options.serve(nodeId);
  }

  /** From here on its own row tells of it. */
  async #finish({ serverName, node }: Replica): Promise<void> {
    const { context, onChange } = this.#options;
    await context.database.commit({ removedStatuses: [serverName] });
    if (node?.state === SYNC_STATE.failed)
      context.log.write(`Sync of replica WSUS server ${serverName} failed; it tries again automatically`);
    else context.log.write(`Done synchronizing WSUS Server ${serverName}`);
    onChange();
  }

  async #refuse(replica: Replica, error: SyncError): Promise<void> {
    await this.#say(replica, { state: SYNC_STATE.failed, error });
    this.#options.context.log.write(`Sync of replica WSUS server ${replica.serverName} failed: ${error.message}`);
  }

  async #say({ serverName }: Replica, { state, error }: { state: number; error?: SyncError }): Promise<void> {
    const { context, onChange } = this.#options;
    const lastError = lastErrorCode(error?.errorId ?? '');
    const time = context.now();
    const { changes, line } = await statusChange(
      context,
      {
        messageId: state,
        serverName,
        insertions: error === undefined ? [] : [error.errorId, error.message],
        lastError,
      },
      time,
    );
    const before = await readStatusRow(context.database, serverName);
    const row: StatusRow = {
      ...neverSynchronized(context.site.siteCode, serverName, ''),
      LastSyncState: state,
      LastSyncStateName: syncStateName(state),
      LastSyncStateTime: time.toISOString(),
      LastSyncErrorCode: lastError,
      LastSyncErrorId: error?.errorId ?? before?.LastSyncErrorId ?? '',
      LastSyncErrorMessage: error?.message ?? before?.LastSyncErrorMessage ?? '',
    };
    await context.database.commit({ ...changes, ...statusRowChange(row) });
    context.log.write(line);
    onChange();
  }
}

function unreachable({ serverName, node }: Replica, { site }: SiteContext): SyncError {
  return new SyncError(node === undefined ? 'ReplicaNotJoined' : 'ReplicaNotConnected', {
    server: serverName,
    site: site.siteCode,
  });
}

function lostError(reason: LostReason, serverName: string, { site }: SiteContext): SyncError {
  if (reason === 'removed') return new SyncError('ReplicaNotJoined', { server: serverName, site: site.siteCode });
  if (reason === 'away') return new SyncError('ReplicaNotConnected', { server: serverName, site: site.siteCode });
  return new SyncError('ReplicaTimeout', {
    server: serverName,
    what: LOST[reason],
    minutes: TURN_LIMITS[reason] / 60_000,
  });
}

/** The software update points of a site that are not in its own engine, the default first. */
export async function replicasOf(context: SiteContext, nodes: readonly LinkedNode[]): Promise<readonly Replica[]> {
  const { defaultServer, points } = await readPoints(context);
  const joined = nodes.filter((node) => node.role === 'SoftwareUpdatePoint');
  const replicas = points.flatMap(({ serverName }): Replica[] => {
    const node = joined.find((other) => isSameServer(other.serverName, serverName));
    const isHere =
      isSameServer(serverName, context.site.serverName) ||
      (node === undefined && isSameServer(serverName, defaultServer));
    return isHere ? [] : [{ serverName, node: node === undefined ? undefined : factsOf(node) }];
  });
  return [...replicas].sort(
    (one, other) =>
      Number(isSameServer(other.serverName, defaultServer)) - Number(isSameServer(one.serverName, defaultServer)),
  );
}

function factsOf({ id, connected, lastSeen, lastReport: report }: LinkedNode): Replica['node'] {
  return {
    nodeId: id,
    isConnected: connected,
    handled: report?.handled.requestId ?? 0,
    state: report?.statuses[0]?.LastSyncState ?? 0,
    lastSign: lastSeen?.getTime() ?? 0,
  };
}
