import { Random } from '../../../server/sample/Random.js';
import type { SiteType } from '../../../server/site/SiteFolder.js';
import type { NodeRole } from '../../../server/site/describeSite.js';
import { update } from '../../engine/catalogue.js';
import { childCode, childServer } from '../playChild.js';
import { Quiet } from './Quiet.js';
import { SimulatedClock } from './SimulatedClock.js';
import { SimulatedLink } from './SimulatedLink.js';
import { SimulatedNetwork } from './SimulatedNetwork.js';
import { SimulatedParent } from './SimulatedParent.js';
import { SimulatedSite } from './SimulatedSite.js';

/** A node at the end of a hierarchy. */
export interface Leaf {
  readonly id: number;
  readonly site: SimulatedSite;
  readonly link: SimulatedLink;
  readonly siteCode: string;
  readonly serverName: string;
}

const SHORTEST_RUN_MS = 1000;
const LONGEST_RUN_MS = 60_000;
const LOOK_EVERY_MS = 1000;
const LONGEST_WAIT_MS = 30 * 60_000;

/**
 * A hierarchy in one process: real parents over real databases, real followers, and a network and a clock that are
 * simulated. The same seed makes the same delays.
 */
export class Simulation {
  readonly clock = new SimulatedClock();
  readonly quiet = new Quiet();
  readonly network: SimulatedNetwork;
  readonly #random: Random;
  readonly #parents: SimulatedParent[] = [];
  #codes = 0;
  #updates = 0;

  constructor(
    readonly folder: string,
    seed = 1,
  ) {
    this.#random = new Random(seed);
    this.network = new SimulatedNetwork(this.clock, () => this.#random.fraction());
  }

  /** The top, subscribed to what its upstream offers. */
  async top(): Promise<SimulatedParent> {
    const { folder, clock, quiet } = this;
    const top = await SimulatedParent.open({
      folder,
      clock,
      quiet,
      siteCode: 'CS1',
      serverName: 'cs1.test',
      type: 'CAS',
    });
    this.#parents.push(top);
    await top.site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
    return top;
  }

  /** A site below another that has nodes of its own; it synchronizes as a real one. */
  async middle(above: SimulatedParent): Promise<{ readonly parent: SimulatedParent; readonly link: SimulatedLink }> {
    const { folder, clock, quiet } = this;
    const { siteCode, serverName, link } = await this.#joined(above, 'Primary');
    const code = above.site.context.site.siteCode;
    const parent = await SimulatedParent.open({
      folder,
      clock,
      quiet,
      siteCode,
      serverName,
      type: 'Primary',
      above: { link, siteCode: code },
    });
    this.#parents.push(parent);
    link.plug();
    return { parent, link };
  }

  /** A site, or a further software update point of the one above, without anybody below it. */
  async leaf(above: SimulatedParent, role: NodeRole = 'Site'): Promise<Leaf> {
    const isMiddle = above.site.context.parent !== undefined;
    const type = role === 'SoftwareUpdatePoint' ? above.site.context.site.type : isMiddle ? 'Secondary' : 'Primary';
    const joined = await this.#joined(above, type, role);
    const site = await SimulatedSite.open({
      ...joined,
      parentCode: above.site.context.site.siteCode,
      clock: this.clock,
      duration: () => SHORTEST_RUN_MS + Math.round(this.#random.fraction() * (LONGEST_RUN_MS - SHORTEST_RUN_MS)),
    });
    joined.link.plug();
    return { ...joined, site };
  }

  /** The top has something new and synchronizes; gives the content version. */
  async synchronize(top: SimulatedParent): Promise<number> {
    this.#updates += 1;
    for (const { site } of this.#parents) site.source.put(update(this.#updates));
    return (await top.site.sync()).SyncCatalogVersion;
  }

  /** Time passes until something is so; it is looked at once a second. @throws TypeError when it never is */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    const latest = this.clock.time + LONGEST_WAIT_MS;
    await this.quiet.wait();
    while (!(await isSo())) {
      if (this.clock.time >= latest)
        throw new TypeError(`it is not so within ${LONGEST_WAIT_MS / 1000} simulated seconds`);
      await this.pass(LOOK_EVERY_MS);
    }
  }

  /** So many simulated ms pass. */
  async pass(milliseconds: number): Promise<void> {
    const latest = this.clock.time + milliseconds;
    await this.quiet.wait();
    while (this.clock.next(latest)) await this.quiet.wait();
  }

  async close(): Promise<void> {
    for (const parent of this.#parents) if (parent.hub !== undefined) await parent.stop();
  }

  async #joined(
    above: SimulatedParent,
    type: SiteType,
    role: NodeRole = 'Site',
  ): Promise<Pick<Leaf, 'id' | 'link' | 'siteCode' | 'serverName'>> {
    const code = childCode((this.#codes += 1));
    const siteCode = role === 'Site' ? code : above.site.context.site.siteCode;
    const serverName = childServer(code);
    const id = await above.join({ siteCode, serverName, type, role });
    const random = (): number => this.#random.fraction();
    const { clock, network } = this;
    const link = new SimulatedLink({ clock, network, random, nodeId: id, hub: () => above.hub });
    return { id, link, siteCode, serverName };
  }
}
