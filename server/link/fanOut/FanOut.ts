import type { LinkState, Run } from '../../contract/generated/types.js';
import { reasonOf } from '../../errors/SyncError.js';
import { Mutex } from '../../platform/Mutex.js';
import type { Ticker } from '../../platform/cronTicker.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { findPoint } from '../../state/SoftwareUpdatePoint.js';
import { addPoint } from '../../state/changePoints.js';
import {
  knownPointsChange,
  publishedChange,
  readKnownPoints,
  readPublished,
  readRequest,
  requestFor,
} from '../../state/hierarchyState.js';
import { inheritedOf } from '../../state/inheritedSettings.js';
import { readNotification } from '../../state/readNotification.js';
import { readSettings } from '../../state/settingsStore.js';
import { pointsChange, readPoints } from '../../state/softwareUpdatePoints.js';
import type { LinkedNode, ParentLinks } from '../LinkedNode.js';
import { notificationBelow } from './inheritedNotification.js';
import { isOwner } from '../../store/SharedStore.js';
import { replicasOf, ReplicaTurns } from './ReplicaTurns.js';
import { type LinkRequest, type PublishedSettings, readState, STATE, stateChange } from '../../state/siteState.js';

/**
 * A server that joined as a further software update point has the role from then on, once: when the role is removed it
 * stays so.
 */
async function addJoinedPoints(context: SiteContext, nodes: readonly LinkedNode[]): Promise<void> {
  const joined = nodes.filter((node) => node.role === 'SoftwareUpdatePoint');
  if (joined.length === 0) return;
  await context.settingsMutex.take(async () => {
    const known = new Set(await readKnownPoints(context.database));
    const fresh = joined.filter((node) => !known.has(node.id));
    if (fresh.length === 0) return;
    const before = await readPoints(context);
    let after = before;
    for (const { serverName } of fresh)
      if (findPoint(after, serverName) === undefined)
        after = addPoint(after, { requestId: '', serverName }, { siteCode: context.site.siteCode });
    const { settings, ...changes } = await pointsChange(context, before, after);
    await context.database.commit({
      ...changes,
      settings: { ...settings, ...knownPointsChange([...known, ...fresh.map((node) => node.id)]) },
    });
    for (const { serverName } of fresh) context.log.write(`The software update point ${serverName} has joined.`);
  });
}

/**
 * The settings that flow down as they are now; their version is one higher than when they were published last if they
 * have changed.
 */
async function publishedSettings(context: SiteContext): Promise<PublishedSettings> {
  const { database, site, settingsMutex } = context;
  return settingsMutex.take(async () => {
    const notification = await readNotification(database);
    const settings = inheritedOf(await readSettings(database, site.serverName), notification);
    const published = await readPublished(database);
    if (published !== undefined && JSON.stringify(published.settings) === JSON.stringify(settings)) return published;
    // The owner publishes what has changed, and is heard.
    if (published !== undefined && !isOwner(context)) return published;
    const next = { version: (published?.version ?? 0) + 1, settings };
    if (isOwner(context)) await database.commit({ settings: publishedChange(next) });
    return next;
  });
}

/** What passing on to the nodes below needs; `onChange` is called when rows have changed. */
interface FanOutOptions {
  readonly context: SiteContext;
  readonly links: ParentLinks;
  readonly ticker: Ticker;
  readonly onChange: () => void;
}

/** What nodes were told: `written` is fulfilled once it is on its way. */
interface Told {
  readonly written: Promise<unknown>;
}

/**
 * Passes settings and requests on to the nodes below a site: to child sites at once, to replicas one after the other;
 * keeps what they report.
 */
export class FanOut {
  readonly #options: FanOutOptions;
  readonly #replicas: ReplicaTurns;
  readonly #turns = new Mutex();
  /** The request that each replica was given its turn for. */
  readonly #granted = new Map<number, LinkRequest>();
  /** What each node was told last, to tell nothing twice. */
  readonly #told = new Map<number, { readonly key: string; readonly written: Promise<void> }>();
  readonly #ends: (() => void)[];
  #isOver = false;

  private constructor(options: FanOutOptions) {
    this.#options = options;
    this.#replicas = new ReplicaTurns({
      context: options.context,
      replicas: async () => replicasOf(options.context, options.links.nodes()),
      onChange: options.onChange,
      serve: async (nodeId) => this.#grant(nodeId),
    });
    this.#ends = [
      options.links.onChange((node) => this.#heard(node)),
      options.ticker(async () => this.#do(async () => this.#lookAtReplicas())),
    ];
  }

  /**
   * Takes up where the engine before this one was: what the nodes have reached is known, what they missed they are
   * told.
   */
  static async open(options: FanOutOptions): Promise<FanOut> {
    const fanOut = new FanOut(options);
    await fanOut.#do(async () => fanOut.#begin());
    return fanOut;
  }

  /** The nodes with their newest reports. */
  nodes(): readonly LinkedNode[] {
    return this.#options.links.nodes();
  }

  /** Tells the nodes the settings if they have changed. */
  settingsChanged(): void {
    void this.#do(async () => this.#tellAll());
  }

  /**
   * After a synchronization that has succeeded: child sites are told at once, then the replicas have their turns.
   * Fulfilled once the child sites are told. One that has not may have changed settings all the same.
   */
  async runEnded(run: Pick<Run, 'Succeeded'>): Promise<void> {
    if (!run.Succeeded) {
      this.settingsChanged();
      return;
    }
    await new Promise<unknown>((told) => {
      void this.#do(async () => {
        told((await this.#notifySites()).written);
        await this.#replicas.begin((await readRequest(this.#options.context.database))?.id ?? 0);
      }).finally(() => told(undefined));
    });
  }

  async #notifySites(): Promise<Told> {
    const sites = this.#options.links
      .nodes()
      .filter((node) => node.role === 'Site')
      .map((node) => node.siteCode);
    if (sites.length > 0)
      this.#options.context.log.write(`Sending sync notification to child site(s): ${sites.join(', ')}`);
    return this.#tellAll();
  }

  /** Nothing is passed on any more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    for (const end of this.#ends) end();
    await this.#turns.take(async () => Promise.resolve());
  }

  /** Takes up what the server that owned the site before has left: replicas that had no turn yet. */
  takenUp(): void {
    void this.#do(async () => this.#begin());
  }

  async #lookAtReplicas(): Promise<void> {
    if (isOwner(this.#options.context)) await this.#replicas.look();
  }

  async #begin(): Promise<void> {
    await this.#tellAll();
    const request = await readRequest(this.#options.context.database);
    if (request !== undefined && isOwner(this.#options.context)) await this.#replicas.goOn(request.id);
  }

  #heard(node: LinkedNode): void {
    this.#options.onChange();
    const isReplica = node.role === 'SoftwareUpdatePoint';
    // A thousand child sites report several times in each synchronization: nothing is to be done then.
    if (!isReplica && this.#told.has(node.id)) return;
    void this.#do(async () => {
      const isTurning = isReplica && isOwner(this.#options.context);
      if (isTurning) await addJoinedPoints(this.#options.context, this.nodes());
      if (!this.#told.has(node.id)) await this.#tellOne(node.id);
      if (isTurning) await this.#replicas.look();
    });
  }

  async #grant(nodeId: number): Promise<void> {
    const node = this.#options.links.node(nodeId);
    const request = await readRequest(this.#options.context.database);
    if (node === undefined || request === undefined) return;
    this.#granted.set(nodeId, requestFor(request, handledBy(node)));
    // The replica may be connected to another server of the site.
    if (this.#options.context.shared !== undefined)
      await this.#options.context.database.commit({
        settings: stateChange({ granted: Object.fromEntries(this.#granted) }),
      });
    await this.#tell([node]);
  }

  /** One that was revoked meanwhile is told nothing. */
  async #tellOne(id: number): Promise<void> {
    const node = this.#options.links.node(id);
    if (node !== undefined) await this.#tell([node]);
  }

  async #tellAll(): Promise<Told> {
    return this.#tell(this.#options.links.nodes());
  }

  async #tell(nodes: readonly LinkedNode[]): Promise<Told> {
    const { context, links } = this.#options;
    const { version: settingsVersion, settings } = await publishedSettings(context);
    const request = await readRequest(context.database);
    const granted = await this.#grants();
    const stateOfNode = notificationBelow(context);
    const writes: Promise<void>[] = [];
    for (const node of nodes) {
      const { id } = node;
      const asked =
        node.role === 'SoftwareUpdatePoint'
          ? granted.get(id)
          : request === undefined
            ? undefined
            : requestFor(request, handledBy(node));
      const state: LinkState = { settingsVersion, settings, request: asked };
      const key = JSON.stringify([settingsVersion, asked]);
      const before = this.#told.get(id);
      const told = before?.key === key ? before : { key, written: links.publishTo(id, await stateOfNode(node, state)) };
      this.#told.set(id, told);
      writes.push(told.written);
    }
    return { written: Promise.all(writes) };
  }

  /** The turns of replicas are the owner's; others tell those that are connected to them. */
  async #grants(): Promise<ReadonlyMap<number, LinkRequest>> {
    const { context } = this.#options;
    if (isOwner(context)) return this.#granted;
    const stored = (await readState(context.database, STATE.granted)) ?? {};
    return new Map(Object.entries(stored).map(([id, request]) => [Number(id), request]));
  }

  async #do(work: () => Promise<unknown>): Promise<void> {
    await this.#turns
      .take(async () => (this.#isOver ? undefined : work()))
      .catch((error: unknown) =>
        this.#options.context.log.write(`Sending to the sites below failed: ${reasonOf(error)}`),
      );
  }
}

function handledBy({ lastReport }: LinkedNode): number {
  return lastReport?.handled.requestId ?? 0;
}
