import type { LinkReport } from '../contract/generated/types.js';
import { reasonOf } from '../errors/SyncError.js';
import type { Clock } from '../platform/Clock.js';
import { readState, STATE, stateChange } from '../state/siteState.js';
import type { SiteChanges } from '../store/SiteChanges.js';
import type { LinkNodeRow, SiteDatabase } from '../store/SiteDatabase.js';
import { withKnownFailures } from './knownFailures.js';
import { nodeName, type NodeDescription, type NodeRecord } from './NodeRecord.js';

/** What the registry needs. */
interface NodeRegistryOptions {
  readonly database: SiteDatabase;
  /** False where another server owns the site: then reports alone are stored. */
  readonly isOwner?: () => boolean;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** Reports are stored together after so long: with a thousand nodes each would be a transaction. */
const KEEP_AFTER_MS = 1000;

/** Format 1 was the addresses alone. */
const ADDRESSES_FORMAT = 2;

interface StoredAddresses {
  readonly format: number;
  readonly addresses: Readonly<Record<string, string>>;
}

/** A node of which another server has stored something. */
interface RefreshedNode {
  readonly record: NodeRecord;
  /** It gave that server a sign of life. */
  readonly isSeen: boolean;
}

/** The nodes of a site: in memory, and durable in the site database. */
export class NodeRegistry {
  readonly #options: NodeRegistryOptions;
  readonly #nodes = new Map<number, NodeRecord>();
  readonly #unkept = new Set<number>();
  #inWriting: ReadonlySet<number> = new Set();
  /** Where each node came from last (see addressKey). */
  readonly #addresses = new Map<number, string>();
  #hasOtherAddresses = false;
  #onSites: () => void = () => undefined;
  #hasOtherSites = true;
  #hasUnkeptSites = false;
  #highestId = 0;
  #timer: (() => void) | undefined;
  #keeping: Promise<void> = Promise.resolve();

  private constructor(options: NodeRegistryOptions) {
    this.#options = options;
  }

  /** Reads the nodes from the database. */
  static async open(options: NodeRegistryOptions): Promise<NodeRegistry> {
    const registry = new NodeRegistry(options);
    for (const record of await storedNodes(options.database)) registry.#know(record);
    for (const [id, address] of addressesOf(await readState(options.database, STATE.linkAddresses)))
      registry.#addresses.set(id, address);
    return registry;
  }

  /** Who is told, once it is stored, that a site below came or went. */
  onSites(handler: () => void): void {
    this.#onSites = handler;
    this.#tellSites();
  }

  /** Every node that is not revoked, by id. */
  all(): readonly NodeRecord[] {
    return [...this.#nodes.values()].filter((node) => node.revoked === '');
  }

  /** A node, also a revoked one. */
  find(id: number): NodeRecord | undefined {
    return this.#nodes.get(id);
  }

  /** Stores a new node with what else belongs to the transaction; it takes the place of others that are revoked so. */
  async add(
    description: NodeDescription,
    { replaced, ...changes }: SiteChanges & { readonly replaced: readonly NodeRecord[] },
  ): Promise<NodeRecord> {
    const id = this.#highestId + 1;
    const record: NodeRecord = { ...description, id, lastReport: undefined, lastSeen: 0 };
    const revoked = replaced.map((node) => ({ ...node, revoked: description.joined }));
    await this.#options.database.commit({ ...changes, linkNodes: [record, ...revoked].map(rowOf) });
    for (const node of [record, ...revoked]) this.#know(node);
    for (const node of revoked)
      this.#options.log(
        `Site link: node ${node.id}, which joined as ${nodeName(node)} and never connected, is revoked: node ${id} ` +
          'has joined in its place.',
      );
    this.#tellSites();
    return record;
  }

  /** Changes what is stored of a node: another key, or that it is revoked. */
  async change(
    id: number,
    change: Partial<NodeDescription>,
    changes: SiteChanges = {},
  ): Promise<NodeRecord | undefined> {
    const before = this.#nodes.get(id);
    if (before === undefined) return undefined;
    await this.#options.database.commit({ ...changes, linkNodes: [rowOf({ ...before, ...change })] });
    const record = { ...(this.#nodes.get(id) ?? before), ...change };
    this.#know(record);
    this.#tellSites();
    return record;
  }

  /** A sign of life of a node, with its report if that is what it was. Stored soon, with those of other nodes. */
  saw(id: number, report?: LinkReport): NodeRecord | undefined {
    const before = this.#nodes.get(id);
    if (before === undefined) return undefined;
    const record = {
      ...before,
      lastSeen: this.#options.clock.now().getTime(),
      lastReport: report === undefined ? before.lastReport : withKnownFailures(report, before.lastReport),
    };
    this.#hasUnkeptSites ||= sitesTextOf(record) !== sitesTextOf(before);
    this.#nodes.set(id, record);
    this.#unkept.add(id);
    this.#timer ??= this.#options.clock.after(KEEP_AFTER_MS, () => void this.keep());
    return record;
  }

  /** Takes over what another server has stored: new nodes, what changed of known ones, other reports. Gives those. */
  async refresh(): Promise<readonly RefreshedNode[]> {
    const changed: RefreshedNode[] = [];
    for (const stored of await storedNodes(this.#options.database)) {
      const before = this.#nodes.get(stored.id);
      const isOwn = this.#unkept.has(stored.id) || this.#inWriting.has(stored.id);
      const record = merged(before, stored, isOwn);
      if (record === before) continue;
      this.#know(record);
      changed.push({ record, isSeen: !isOwn && record.lastSeen !== (before?.lastSeen ?? 0) });
    }
    this.#tellSites();
    return changed;
  }

  /** A node has proved itself from an address. */
  cameFrom(id: number, address: string): void {
    this.#hasOtherAddresses ||= this.#addresses.get(id) !== address;
    this.#addresses.set(id, address);
  }

  /** Whether a node that is not revoked came from that address. */
  isKnown(address: string): boolean {
    for (const [id, known] of this.#addresses)
      if (known === address && this.#nodes.get(id)?.revoked === '') return true;
    return false;
  }

  /** Stores what was not stored yet. */
  async keep(): Promise<void> {
    this.#timer?.();
    this.#timer = undefined;
    this.#keeping = this.#keeping.then(async () => this.#write());
    return this.#keeping;
  }

  async #write(): Promise<void> {
    const nodes = [...this.#unkept].map((id) => this.#nodes.get(id)).filter((node) => node !== undefined);
    this.#inWriting = new Set(this.#unkept);
    this.#unkept.clear();
    if (nodes.length === 0) return;
    const linkReports = nodes.map((node) => ({
      nodeId: node.id,
      report: node.lastReport === undefined ? '' : JSON.stringify(node.lastReport),
      lastSeen: node.lastSeen,
    }));
    const addresses = this.#changedAddresses();
    this.#hasOtherAddresses = false;
    const hasOtherSites = this.#hasUnkeptSites;
    this.#hasUnkeptSites = false;
    try {
      await this.#options.database.commit({ linkReports, ...addresses });
      this.#hasOtherSites ||= hasOtherSites;
      this.#tellSites();
    } catch (error) {
      this.#hasUnkeptSites ||= hasOtherSites;
      this.#hasOtherAddresses ||= addresses.settings !== undefined;
      for (const node of nodes) this.#unkept.add(node.id);
      this.#options.log(
        `Site link: the reports of ${nodes.length} nodes could not be stored: ${reasonOf(error)}. They are kept ` +
          `in memory.`,
      );
    } finally {
      this.#inWriting = new Set();
    }
  }

  /** What is stored of a node. Only what has changed is looked at: there may be thousands. */
  #know(record: NodeRecord): void {
    this.#hasOtherSites ||= sitesTextOf(record) !== sitesTextOf(this.#nodes.get(record.id));
    this.#highestId = Math.max(this.#highestId, record.id);
    this.#nodes.set(record.id, record);
  }

  #tellSites(): void {
    if (!this.#hasOtherSites) return;
    this.#hasOtherSites = false;
    this.#onSites();
  }

  #changedAddresses(): SiteChanges {
    if (!this.#hasOtherAddresses || this.#options.isOwner?.() === false) return {};
    const stored: StoredAddresses = { format: ADDRESSES_FORMAT, addresses: Object.fromEntries(this.#addresses) };
    return { settings: stateChange({ linkAddresses: stored }) };
  }
}

/**
 * What is stored of a node, with the report that this server has not stored yet (`isOwn`); the same object where
 * nothing has changed. Times are of several clocks: which one is later says nothing.
 */
function merged(before: NodeRecord | undefined, stored: NodeRecord, isOwn: boolean): NodeRecord {
  if (before === undefined) return stored;
  const isOther = !isOwn && stored.lastSeen !== before.lastSeen;
  if (!isOther && rowOf(before).json === rowOf(stored).json) return before;
  return isOther ? stored : { ...stored, lastReport: before.lastReport, lastSeen: before.lastSeen };
}

/** The sites that a node stands for: itself and those below it. */
function sitesTextOf(node: NodeRecord | undefined): string {
  if (node?.role !== 'Site' || node.revoked !== '') return '';
  const below = (node.lastReport?.sites ?? []).map(({ SiteCode, ServerName }) => [SiteCode, ServerName]);
  return JSON.stringify([[node.siteCode, node.serverName], ...below]);
}

/** The nodes of a site as they are stored, also revoked ones. */
export async function storedNodes(database: Pick<SiteDatabase, 'linkNodes'>): Promise<readonly NodeRecord[]> {
  return (await database.linkNodes()).map(recordOf);
}

/** Where nodes came from, in any format; of a later one nothing: it only says for whom places are kept. */
function addressesOf(value: unknown): readonly (readonly [id: number, address: string])[] {
  if (typeof value !== 'object' || value === null) return [];
  const stored = 'format' in value ? (value as StoredAddresses) : { format: 1, addresses: value };
  if (stored.format > ADDRESSES_FORMAT) return [];
  return Object.entries(stored.addresses).map(([id, address]) => [Number(id), String(address)]);
}

function rowOf(node: NodeRecord): { readonly nodeId: number; readonly json: string } {
  const { siteCode, siteName, serverName, type, role, publicKey, joined, revoked } = node;
  const description: NodeDescription = { siteCode, siteName, serverName, type, role, publicKey, joined, revoked };
  return { nodeId: node.id, json: JSON.stringify(description) };
}

function recordOf(row: LinkNodeRow): NodeRecord {
  const description = JSON.parse(row.json) as NodeDescription;
  return {
    ...description,
    id: row.nodeId,
    lastReport: row.report === '' ? undefined : (JSON.parse(row.report) as LinkReport),
    lastSeen: row.lastSeen,
  };
}
