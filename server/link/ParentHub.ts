import type {
  LinkClaimResult,
  LinkJoinRequest,
  LinkJoinResult,
  LinkReport,
  LinkState,
} from '../contract/generated/types.js';
import { SyncError } from '../errors/SyncError.js';
import { peerLog, type PeerLog } from '../downstream/port/peers.js';
import type { Clock } from '../platform/Clock.js';
import { LinkServer } from './LinkServer.js';
import type { LinkedNode, ParentLinks } from './LinkedNode.js';
import type { NodeEnd, NodeHost } from './NodeConnection.js';
import { nodeName, type NodeRecord } from './NodeRecord.js';
import type { NodeRegistry } from './NodeRegistry.js';

/** What the links of a parent are made of. */
interface ParentHubOptions {
  readonly siteCode: string;
  readonly version: string;
  readonly clock: Clock;
  /** 32 random bytes, hexadecimal. */
  readonly newNonce: () => string;
  readonly log: (line: string) => void;
  readonly registry: NodeRegistry;
  /** True where nodes of the site can be connected to other servers too. */
  readonly isShared?: boolean;
  /** Takes a node in, or says why not. */
  readonly join: (request: LinkJoinRequest) => Promise<LinkJoinResult>;
  readonly claim: (siteCode: string, asker: NodeRecord) => Promise<LinkClaimResult>;
  readonly rotateKey: (nodeId: number, publicKey: string) => Promise<object>;
}

/** A node dials again at the latest after 7.5 minutes: until so long after the start it need not be back. */
const AWAITED_MS = 10 * 60_000;

/** So often a server says who is connected to it, and for so long the others believe it. */
const TELL_MS = 60_000;
const ELSEWHERE_MS = 150_000;

/** Lines a minute about one node that comes and goes. */
const NODES = { most: Number.POSITIVE_INFINITY, perPeer: 6 };

/** The links of a site to the nodes below it. */
export class ParentHub implements ParentLinks, NodeHost {
  readonly siteCode: string;
  readonly version: string;
  readonly clock: Clock;
  readonly newNonce: () => string;
  readonly log: (line: string) => void;
  readonly claim: NodeHost['claim'];
  /** Where the port hands its upgrade requests. */
  readonly server: LinkServer;
  readonly #options: ParentHubOptions;
  readonly #comesAndGoes: PeerLog;
  readonly #open = new Map<number, NodeEnd>();
  readonly #states = new Map<number, LinkState>();
  /** When another server of the site has heard of a node last. */
  readonly #elsewhere = new Map<number, number>();
  readonly #listeners = new Set<(node: LinkedNode) => void>();
  readonly #started: number;
  readonly #cancelAwaiting: () => void;
  #cancelTelling: () => void = () => undefined;

  constructor(options: ParentHubOptions) {
    ({
      siteCode: this.siteCode,
      version: this.version,
      clock: this.clock,
      newNonce: this.newNonce,
      log: this.log,
      claim: this.claim,
    } = options);
    this.#options = options;
    this.#started = this.clock.now().getTime();
    if (options.isShared === true) this.#tellOthers();
    this.#cancelAwaiting = this.clock.after(AWAITED_MS, () => this.#tellMissing());
    this.#comesAndGoes = peerLog(
      (line) => this.log(`Site link: ${line}`),
      NODES,
      () => this.clock.now().getTime(),
    );
    this.server = new LinkServer(this, (connection, reason) => this.closed(connection, reason));
  }

  async publishTo(nodeId: number, state: LinkState): Promise<void> {
    this.#states.set(nodeId, state);
    await this.#open.get(nodeId)?.send(state);
  }

  nodes(): readonly LinkedNode[] {
    return this.#options.registry.all().map((record) => this.#linked(record));
  }

  node(id: number): LinkedNode | undefined {
    const record = this.findNode(id);
    return record?.revoked === '' ? this.#linked(record) : undefined;
  }

  onChange(listener: (node: LinkedNode) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async join(request: LinkJoinRequest): Promise<LinkJoinResult> {
    const joined = await this.#options.join(request);
    this.#tell(this.findNode(joined.nodeId));
    return joined;
  }

  findNode(id: number): NodeRecord | undefined {
    return this.#options.registry.find(id);
  }

  isKnown(address: string): boolean {
    return this.#options.registry.isKnown(address);
  }

  opened(node: NodeRecord, connection: NodeEnd): void {
    // It may have been revoked since its proof.
    const now = this.findNode(node.id) ?? node;
    if (now.revoked === '') this.#begin(node, connection);
    else connection.close(revokedError(this.siteCode, now));
  }

  #begin(node: NodeRecord, connection: NodeEnd): void {
    const before = this.#open.get(node.id);
    this.#open.set(node.id, connection);
    this.#elsewhere.delete(node.id);
    before?.close(new SyncError('LinkReplaced', { node: nodeName(node) }));
    this.#comesAndGoes(nodeName(node), `${nodeName(node)} has connected.`);
    const state = this.#states.get(node.id);
    if (state !== undefined) void connection.send(state);
    this.#options.registry.cameFrom(node.id, connection.address);
    this.#tell(this.#options.registry.saw(node.id));
  }

  reported(nodeId: number, report: LinkReport): void {
    this.#tell(this.#options.registry.saw(nodeId, report));
  }

  /** The connection of a node that had proved itself is over. */
  closed(connection: NodeEnd, reason: SyncError): void {
    const id = connection.node?.id;
    // One that was replaced ends after its successor has begun.
    if (id === undefined || this.#open.get(id) !== connection) return;
    this.#open.delete(id);
    this.#comesAndGoes(connection.claimed, `the connection of ${connection.claimed} is over: ${reason.message}`);
    this.#tell(this.#options.registry.saw(id));
  }

  async rotateKey(nodeId: number, publicKey: string): Promise<void> {
    await this.#options.rotateKey(nodeId, publicKey);
  }

  /** Stores the key of a node, as the owner of the site. */
  async keepKey(nodeId: number, publicKey: string): Promise<object> {
    const node = await this.#options.registry.change(nodeId, { publicKey });
    if (node !== undefined) this.log(`Site link: ${nodeName(node)} has another key.`);
    return {};
  }

  /** Cuts a node off for good; its site code is free again. */
  async revoke(node: NodeRecord, changes: Parameters<NodeRegistry['change']>[2]): Promise<void> {
    const revoked = await this.#options.registry.change(node.id, { revoked: this.clock.now().toISOString() }, changes);
    if (revoked === undefined) return;
    this.log(`Site link: ${nodeName(node)} was revoked.`);
    this.#states.delete(node.id);
    this.#open.get(node.id)?.close(revokedError(this.siteCode, revoked));
    this.#tell(revoked);
  }

  /** Takes over what other servers have stored of the nodes; tells of those that changed. */
  async refresh(): Promise<void> {
    for (const { record, isSeen } of await this.#options.registry.refresh()) {
      if (isSeen) this.#elsewhere.set(record.id, this.clock.now().getTime());
      if (record.revoked !== '') this.#open.get(record.id)?.close(revokedError(this.siteCode, record));
      this.#tell(record);
    }
  }

  /** Ends every connection, because the engine ends, and stores what is not stored yet. */
  async close(): Promise<void> {
    this.#cancelAwaiting();
    this.#cancelTelling();
    await this.server.close(new SyncError('LinkBroken', { node: this.siteCode, reason: 'its engine ends' }));
    await this.#options.registry.keep();
  }

  /** Who has not come back is silent from now on. */
  #tellMissing(): void {
    for (const record of this.#options.registry.all()) if (!this.#open.has(record.id)) this.#tell(record);
  }

  #isAwaited({ id, lastSeen }: NodeRecord): boolean {
    const time = this.clock.now().getTime();
    return !this.#open.has(id) && lastSeen < this.#started && time - this.#started < AWAITED_MS;
  }

  /** Connected to another server of the site, which says so from time to time. */
  #isElsewhere(id: number): boolean {
    return this.clock.now().getTime() - (this.#elsewhere.get(id) ?? Number.NEGATIVE_INFINITY) < ELSEWHERE_MS;
  }

  /** Other servers cannot see who is connected here. */
  #tellOthers(): void {
    for (const id of this.#open.keys()) this.#options.registry.saw(id);
    this.#cancelTelling = this.clock.after(TELL_MS, () => this.#tellOthers());
  }

  #tell(record: NodeRecord | undefined): void {
    if (record === undefined) return;
    for (const listener of this.#listeners) listener(this.#linked(record));
  }

  #linked(record: NodeRecord): LinkedNode {
    const { id, siteCode, serverName, type, role, lastReport, lastSeen } = record;
    const open = this.#open.get(id);
    return {
      id,
      siteCode,
      serverName,
      type,
      role,
      connected: open !== undefined || this.#isElsewhere(id),
      ...(open === undefined ? {} : { lastSign: open.lastSign }),
      ...(this.#isAwaited(record) ? { isAwaited: true } : {}),
      lastReport,
      ...(lastSeen === 0 ? {} : { lastSeen: new Date(lastSeen) }),
    };
  }
}

function revokedError(site: string, node: NodeRecord): SyncError {
  return new SyncError('LinkRevoked', { site, node: nodeName(node), time: node.revoked });
}
