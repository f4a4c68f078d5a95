import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SUPSyncStatus } from '../../server/contract/generated/types.js';
import type { SiteType } from '../../server/site/SiteFolder.js';
import type { NodeRole } from '../../server/site/describeSite.js';
import { TestSite } from '../engine/TestSite.js';
import { CATEGORIES } from '../engine/catalogue.js';
import { MemoryLinks } from './MemoryLinks.js';
import type { MemoryLink } from './MemoryLinks.js';

/** How a node is put into a tree. */
export interface NodeWish {
  readonly id: number;
  readonly siteCode: string;
  readonly serverName: string;
  readonly type?: SiteType;
  readonly role?: NodeRole;
}

/** A site of a tree with its links. */
export interface TreeSite {
  readonly site: TestSite;
  readonly links: MemoryLinks;
  /** To its parent; undefined at the top. */
  readonly link: MemoryLink | undefined;
}

/** Sites over embedded databases, linked in memory; each has a scripted upstream of its own. */
export class Tree {
  readonly #open: TestSite[] = [];

  constructor(readonly folder: string) {}

  /** The top, subscribed to what its upstream offers. */
  async top(): Promise<TreeSite> {
    const top = await this.#site({ siteCode: 'CS1', serverName: 'cs1.test', type: 'CAS' });
    await top.site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
    return top;
  }

  /** A node below a site, connected. */
  async node(parent: TreeSite, wish: NodeWish): Promise<TreeSite> {
    const { id, siteCode, serverName, type = 'Primary', role = 'Site' } = wish;
    const link = parent.links.join({ id, siteCode, serverName, type, role });
    const node = await this.#site(
      { siteCode, serverName, type },
      { code: parent.site.context.site.siteCode, server: parent.site.context.site.serverName },
      link,
    );
    link.connect();
    return node;
  }

  async close(): Promise<void> {
    for (const site of this.#open) {
      await site.hierarchy.stop();
      await site.database.close();
    }
  }

  async #site(
    site: { siteCode: string; serverName: string; type: SiteType },
    above?: { code: string; server: string },
    link?: MemoryLink,
  ): Promise<TreeSite> {
    const folder = join(this.folder, site.serverName);
    mkdirSync(folder, { recursive: true });
    const parent =
      above === undefined
        ? {}
        : { parent: { siteCode: above.code, address: `https://${above.server}:8531`, authority: '' } };
    const opened = await TestSite.open(folder, { site: site, ...parent });
    this.#open.push(opened);
    opened.source.put(...CATEGORIES);
    const links = new MemoryLinks();
    await opened.hierarchy.connect({ children: links, parent: link, sitesBelow: () => [] });
    return { site: opened, links, link };
  }
}

/** Waits until something is so; the work it waits for has no other sign. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The rows that a site shows, as texts. */
export async function rowsOf(site: TestSite): Promise<string[]> {
  return (await statusesOf(site)).map(
    (row) =>
      `${row.SiteCode} ${row.WSUSServerName} < ${row.WSUSSourceServer}: ${row.LastSyncState} ` +
      `v${row.SyncCatalogVersion}`,
  );
}

export async function statusesOf(site: TestSite): Promise<readonly SUPSyncStatus[]> {
  return (await site.service['status/get']({}, site.request())).status;
}
