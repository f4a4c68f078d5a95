import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DEFAULT_LIMITS } from '../../server/downstream/UpstreamServerOptions.js';
import { openPort, type OpenPort } from '../../server/downstream/port/Port.js';
import type { LinkedNode } from '../../server/link/LinkedNode.js';
import { NodeRegistry } from '../../server/link/NodeRegistry.js';
import { ParentHub } from '../../server/link/ParentHub.js';
import type { ParentRecord } from '../../server/link/ParentRecord.js';
import { createAuthority, createLeaf } from '../../server/link/certificates/issue.js';
import { createNodeKey } from '../../server/link/nodeKey.js';
import { systemClock } from '../../server/platform/Clock.js';
import { TestSite } from '../engine/TestSite.js';
import { CATEGORIES } from '../engine/catalogue.js';

/** A central administration site with a real port for the links of nodes that are simulated in another process. */
export class LinkedParent {
  readonly #port: OpenPort;

  private constructor(
    readonly site: TestSite,
    readonly hub: ParentHub,
    readonly records: readonly ParentRecord[],
    port: OpenPort,
  ) {
    this.#port = port;
  }

  /** Opens the site with so many primary sites below it that have joined. */
  static async open(folder: string, count: number): Promise<LinkedParent> {
    mkdirSync(folder, { recursive: true });
    const site = await TestSite.open(folder, { site: { type: 'CAS' } });
    site.clock = Date.now();
    site.source.put(...CATEGORIES);
    await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
    const log = (): void => undefined;
    const registry = await NodeRegistry.open({ database: site.database, clock: systemClock, log });
    const unused = async (): Promise<never> => Promise.reject(new TypeError('nobody joins'));
    const hub = new ParentHub({
      siteCode: 'CS1',
      version: '0.0.0',
      clock: systemClock,
      newNonce: () => randomBytes(32).toString('hex'),
      log,
      registry,
      join: unused,
      claim: unused,
    });
    const authority = await createAuthority({ siteCode: 'CS1', siteGuid: site.context.site.siteGuid }, new Date());
    const leaf = await createLeaf(
      authority,
      { subject: 'cs1.test', hosts: ['localhost'], addresses: ['127.0.0.1'] },
      new Date(),
    );
    const port = await openPort({
      address: { host: '127.0.0.1', port: 0 },
      certificate: leaf,
      allowsHttp: false,
      ...DEFAULT_LIMITS,
      handler: async () => Promise.reject(new TypeError('nobody asks')),
      onUpgrade: (request, socket, head) => hub.server.upgrade(request, socket, head),
      onRefused: log,
    });
    const records = await joinAll(registry, count, {
      address: `https://127.0.0.1:${port.address.port}`,
      authority: authority.certificate,
    });
    await site.hierarchy.connect({ children: hub, sitesBelow: () => [] });
    return new LinkedParent(site, hub, records, port);
  }

  /** Fulfilled when so many nodes are so. */
  async until(isSo: (node: LinkedNode) => boolean, count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const pending = new Set(
        this.hub
          .nodes()
          .filter((node) => !isSo(node))
          .map((node) => node.id),
      );
      const enough = this.hub.nodes().length - count;
      const takeBack = this.hub.onChange((node) => {
        if (isSo(node)) pending.delete(node.id);
        else pending.add(node.id);
        if (pending.size > enough) return;
        takeBack();
        resolve();
      });
      if (pending.size <= enough) {
        takeBack();
        resolve();
      }
    });
  }

  async close(): Promise<void> {
    await this.site.hierarchy.stop();
    await this.hub.close();
    await this.#port.close();
    await this.site.database.close();
    await this.site.context.documents.close();
  }
}

async function joinAll(
  registry: NodeRegistry,
  count: number,
  parent: { readonly address: string; readonly authority: string },
): Promise<ParentRecord[]> {
  const records: ParentRecord[] = [];
  for (let number = 0; number < count; number += 1) {
    const { publicKey, privateKey } = createNodeKey();
    const siteCode = number.toString(36).toUpperCase().padStart(3, 'A');
    const node = await registry.add(
      {
        siteCode,
        siteName: siteCode,
        serverName: serverNameOf(siteCode),
        type: 'Primary',
        role: 'Site',
        publicKey,
        joined: new Date().toISOString(),
        revoked: '',
      },
      { replaced: [] },
    );
    records.push({
      ...parent,
      siteCode: 'CS1',
      nodeId: node.id,
      role: 'Site',
      siteCodes: ['CS1'],
      privateKey,
      nextPrivateKey: '',
    });
  }
  return records;
}

/** Server name of a simulated site. */
export function serverNameOf(siteCode: string): string {
  return `${siteCode.toLowerCase()}.test`;
}

/** Where a helper process reads its records. */
export function recordsFile(folder: string): string {
  return path.join(folder, 'records.json');
}
