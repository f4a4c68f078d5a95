import type { LinkReport, LinkState } from '../../server/contract/generated/types.js';
import { validate } from '../../server/contract/validator.js';
import { SyncError } from '../../server/errors/SyncError.js';
import type { ChildLink, LinkedNode, ParentLinks } from '../../server/link/LinkedNode.js';

type Node = { -readonly [Key in keyof LinkedNode]: LinkedNode[Key] };

/**
 * The links of a parent without a network: what is told to a node reaches it when it is connected, and the other way
 * round.
 */
export class MemoryLinks implements ParentLinks {
  readonly told: { readonly node: number; readonly state: LinkState }[] = [];
  readonly #nodes: Node[] = [];
  readonly #ends = new Map<number, MemoryLink>();
  readonly #states = new Map<number, LinkState>();
  readonly #listeners = new Set<(node: LinkedNode) => void>();
  now: () => Date = () => new Date();

  /** A node joins; it is connected by `connect` of its end. */
  join(node: Pick<LinkedNode, 'id' | 'siteCode' | 'serverName' | 'type' | 'role'>): MemoryLink {
    const known: Node = { ...node, connected: false };
    this.#nodes.push(known);
    const end = new MemoryLink({
      onReport: (report) => this.#change(known, { lastReport: report, lastSeen: this.now() }),
      onConnection: (connected) => this.#connected(known, connected),
    });
    this.#ends.set(node.id, end);
    this.#change(known, {});
    return end;
  }

  /** The node is no node any more. */
  revoke(id: number): void {
    const [node] = this.#nodes.splice(
      this.#nodes.findIndex((other) => other.id === id),
      1,
    );
    if (node !== undefined) this.#change(node, { connected: false });
  }

  async publishTo(nodeId: number, state: LinkState): Promise<void> {
    validate('LinkState', state, 'link/state');
    this.told.push({ node: nodeId, state });
    this.#states.set(nodeId, state);
    const end = this.#ends.get(nodeId);
    if (end?.connected === true) end.deliver(state);
    return Promise.resolve();
  }

  nodes(): readonly LinkedNode[] {
    return [...this.#nodes];
  }

  node(id: number): LinkedNode | undefined {
    return this.#nodes.find((node) => node.id === id);
  }

  onChange(listener: (node: LinkedNode) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #connected(node: Node, connected: boolean): void {
    this.#change(node, { connected, lastSeen: this.now() });
    const state = this.#states.get(node.id);
    if (connected && state !== undefined) this.#ends.get(node.id)?.deliver(state);
  }

  #change(node: Node, change: Partial<Node>): void {
    Object.assign(node, change);
    for (const listener of this.#listeners) listener({ ...node });
  }
}

/** The end of a node. */
export class MemoryLink implements ChildLink {
  connected = false;
  readonly #parts: {
    readonly onReport: (report: LinkReport) => void;
    readonly onConnection: (connected: boolean) => void;
  };
  readonly #listeners = new Set<(state: LinkState) => void>();
  readonly #connections = new Set<(connected: boolean) => void>();
  readonly #losses = new Set<(reason: SyncError) => void>();
  #state: LinkState | undefined;
  #report: LinkReport | undefined;

  constructor(parts: {
    readonly onReport: (report: LinkReport) => void;
    readonly onConnection: (connected: boolean) => void;
  }) {
    this.#parts = parts;
  }

  connect(): void {
    this.connected = true;
    this.#parts.onConnection(true);
    for (const listener of this.#connections) listener(true);
    if (this.#report !== undefined) this.#parts.onReport(this.#report);
  }

  disconnect(reason = new SyncError('LinkBroken', { node: 'CS1', reason: 'it was cut' })): void {
    this.connected = false;
    this.#parts.onConnection(false);
    for (const listener of this.#losses) listener(reason);
  }

  deliver(state: LinkState): void {
    this.#state = structuredClone(state);
    for (const listener of this.#listeners) listener(this.#state);
  }

  onState(listener: (state: LinkState) => void): () => void {
    this.#listeners.add(listener);
    if (this.#state !== undefined) listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  async report(report: LinkReport): Promise<void> {
    validate('LinkReport', report, 'link/report');
    this.#report = structuredClone(report);
    if (this.connected) this.#parts.onReport(this.#report);
    return Promise.resolve();
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#connections.add(listener);
    return () => this.#connections.delete(listener);
  }

  onLoss(listener: (reason: SyncError) => void): () => void {
    this.#losses.add(listener);
    return () => this.#losses.delete(listener);
  }

  async untilTried(): Promise<void> {
    return Promise.resolve();
  }
}
