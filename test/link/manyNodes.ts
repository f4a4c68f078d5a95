import path from 'node:path';
import type { LinkedNode } from '../../server/link/LinkedNode.js';
import type { NodeRegistry } from '../../server/link/NodeRegistry.js';
import type { ParentHub } from '../../server/link/ParentHub.js';
import type { ParentRecord } from '../../server/link/ParentRecord.js';
import { createNodeKey } from '../../server/link/nodeKey.js';
import { childCode, childServer } from './playChild.js';

/** Primary sites that are simulated in another process join a parent, so many. */
export async function joinAll(
  registry: NodeRegistry,
  count: number,
  parent: { readonly address: string; readonly authority: string },
): Promise<ParentRecord[]> {
  const records: ParentRecord[] = [];
  for (let number = 0; number < count; number += 1) {
    const { publicKey, privateKey } = createNodeKey();
    const siteCode = childCode(number);
    const node = await registry.add(
      {
        siteCode,
        siteName: siteCode,
        serverName: childServer(siteCode),
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

/** Fulfilled when so many nodes are so. */
export async function untilNodes(hub: ParentHub, isSo: (node: LinkedNode) => boolean, count: number): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (hub.nodes().filter(isSo).length < count) return;
      takeBack();
      resolve();
    };
    const takeBack = hub.onChange(look);
    look();
  });
}

/** Where a helper process reads its records. */
export function recordsFile(folder: string): string {
  return path.join(folder, 'records.json');
}
