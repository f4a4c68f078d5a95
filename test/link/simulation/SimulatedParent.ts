import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { ParentHub } from '../../../server/link/ParentHub.js';
import type { NodeDescription } from '../../../server/link/NodeRecord.js';
import { sitesBelow } from '../../../server/link/NodeRecord.js';
import { NodeRegistry } from '../../../server/link/NodeRegistry.js';
import { SyncError } from '../../../server/errors/SyncError.js';
import type { SiteChanges } from '../../../server/store/SiteChanges.js';
import type { SiteType } from '../../../server/site/SiteFolder.js';
import { TestSite } from '../../engine/TestSite.js';
import { CATEGORIES } from '../../engine/catalogue.js';
import type { Quiet } from './Quiet.js';
import type { SimulatedClock } from './SimulatedClock.js';
import type { SimulatedLink } from './SimulatedLink.js';

/** How a parent is made. */
interface ParentParts {
  readonly folder: string;
  readonly siteCode: string;
  readonly serverName: string;
  readonly type: SiteType;
  readonly clock: SimulatedClock;
  readonly quiet: Quiet;
  /** Of a site in the middle: to the site above, and its code. */
  readonly above?: { readonly link: SimulatedLink; readonly siteCode: string };
}

const MINUTE = 60_000;

/** What an engine has written since it was opened. */
export interface Writes {
  commits: number;
  /** Reports of nodes, each a row, and their characters. */
  reports: number;
  characters: number;
}

/** A site with nodes below it: an engine over an embedded database, whose nodes are simulated. */
export class SimulatedParent {
  readonly writes: Writes = { commits: 0, reports: 0, characters: 0 };
  readonly #parts: ParentParts;
  #site!: TestSite;
  #registry!: NodeRegistry;
  #hub: ParentHub | undefined;
  #generation = 0;

  private constructor(parts: ParentParts) {
    this.#parts = parts;
  }

  static async open(parts: ParentParts): Promise<SimulatedParent> {
    mkdirSync(path.join(parts.folder, parts.serverName), { recursive: true });
    const parent = new SimulatedParent(parts);
    await parent.start();
    parent.site.source.put(...CATEGORIES);
    return parent;
  }

  get site(): TestSite {
    return this.#site;
  }

  get registry(): NodeRegistry {
    return this.#registry;
  }

  /** Undefined while no engine runs. */
  get hub(): ParentHub | undefined {
    return this.#hub;
  }

  /** The engine starts, the first one or the next. */
  async start(): Promise<void> {
    const { clock, quiet, above } = this.#parts;
    this.#site = await this.#openSite();
    const { context, runner } = this.#site;
    quiet.add(() => runner.current !== undefined);
    Object.assign(context, { database: quiet.watch(this.#counted(context.database)), now: () => clock.now() });
    const log = (line: string): void => context.log.write(line);
    this.#registry = await NodeRegistry.open({ database: context.database, clock, log });
    const nobody = async (): Promise<never> => Promise.reject(new TypeError('nobody joins'));
    const { siteCode } = context.site;
    const parts = { siteCode, version: '0.0.0', clock, newNonce: () => '', log, registry: this.#registry };
    this.#hub = new ParentHub({ ...parts, join: nobody, claim: nobody, rotateKey: nobody });
    await this.#site.hierarchy.connect({
      children: this.#hub,
      parent: above?.link,
      sitesBelow: () => sitesBelow(this.#registry.all(), siteCode),
    });
    this.#tickLater(this.#hub);
  }

  /** The engine ends as one that is told to. Who was connected notices by itself. */
  async stop(): Promise<void> {
    const hub = this.#hub;
    this.#hub = undefined;
    await this.#site.hierarchy.stop();
    await hub?.close();
    await this.#site.database.close();
    await this.#site.context.documents.close();
  }

  /** A node joins; gives its id. */
  async join(node: Pick<NodeDescription, 'siteCode' | 'serverName' | 'type' | 'role'>): Promise<number> {
    const joined = this.#parts.clock.now().toISOString();
    const description = { ...node, siteName: node.siteCode, publicKey: 'A'.repeat(60), joined, revoked: '' };
    return (await this.#registry.add(description, { replaced: [] })).id;
  }

  /** Cuts a node off. */
  async revoke(id: number): Promise<void> {
    const node = this.#registry.find(id);
    if (node === undefined) throw new SyncError('InternalError', { where: 'a simulation', reason: `no node ${id}` });
    await this.#hub?.revoke(node, {});
  }

  async #openSite(): Promise<TestSite> {
    const { folder, siteCode, serverName, type, above } = this.#parts;
    this.#generation += 1;
    const before = this.#generation === 1 ? {} : { before: this.#site };
    return TestSite.open(path.join(folder, serverName), {
      ...before,
      generation: this.#generation,
      site: { siteCode, serverName, type },
      ...(above === undefined
        ? {}
        : { parent: { siteCode: above.siteCode, address: 'https://above.test', authority: '' } }),
    });
  }

  #counted<Database extends { commit(changes: SiteChanges): Promise<void> }>(database: Database): Database {
    return new Proxy(database, {
      get: (target, name) => {
        if (name !== 'commit') {
          const value: unknown = Reflect.get(target, name, target);
          return typeof value === 'function' ? (value.bind(target) as unknown) : value;
        }
        return async (changes: SiteChanges) => {
          this.writes.commits += 1;
          for (const { report } of changes.linkReports ?? []) {
            this.writes.reports += 1;
            this.writes.characters += report.length;
          }
          return target.commit(changes);
        };
      },
    });
  }

  #tickLater(hub: ParentHub): void {
    this.#parts.clock.after(MINUTE, () => {
      if (this.#hub !== hub) return;
      void this.#site.tick();
      this.#tickLater(hub);
    });
  }
}
