import fs from 'node:fs';
import path from 'node:path';
import { TestSite } from '../engine/TestSite.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';

/** A site that packages are carried to and from. */
export async function openTransferSite(
  folder: string,
  options: Parameters<typeof TestSite.open>[1] = {},
): Promise<TestSite> {
  fs.mkdirSync(path.join(folder, 'Transfer'), { recursive: true });
  return TestSite.open(folder, options);
}

/** Two sites for each test of the suite, A and B, and a folder for what is carried between them. */
export function twoSites(): () => { a: TestSite; b: TestSite; folder: string } {
  const folder = temporaryFolder();
  let sites: { a: TestSite; b: TestSite; folder: string };
  beforeEach(async () => {
    sites = {
      a: await openTransferSite(path.join(folder(), 'a')),
      b: await openTransferSite(path.join(folder(), 'b')),
      folder: folder(),
    };
  });
  afterEach(async () => {
    // A test may have closed one already, as a kill does.
    for (const site of [sites.a, sites.b]) await site.database.close().catch(() => undefined);
  });
  return () => sites;
}
