import path from 'node:path';
import type { Measure } from '../figures/Measure.js';
import { longestStall, withStalls } from '../lab/stalls.js';
import type { Lab } from '../lab/Lab.js';
import type { Workbench } from '../lab/Workbench.js';
import { CatalogueReader } from '../load/CatalogueReader.js';
import type { ProductSession } from '../product/ProductSession.js';
import type { Scenario } from './Scenario.js';

/** How long each kind of work keeps another request waiting at worst. It would slow what the others measure. */
export const stalls: Scenario = {
  name: 'stalls',
  title: 'another request while a site of # updates works',
  size: 10_000,
  prepare: async (lab, updates) => {
    const url = await lab.upstreams.url({ updates });
    const file = path.join(lab.folder(), 'out.cab');
    return async () => [
      ...(await lab.work(async (bench) => ofSite(bench, url, file))),
      ...(await ofImport(lab, file)),
      ...(await ofServing(lab, updates)),
    ];
  },
};

async function ofSite(bench: Workbench, url: string, file: string): Promise<Measure[]> {
  const { path: site, session } = await bench.newSite(url);
  const during = async (of: string, work: () => Promise<unknown>): Promise<Measure> =>
    longestStall((await withStalls({ bench, site }, work)).waits, of);
  const measures = [
    await during('first synchronization', async () => session.synchronize()),
    await during('nothing new', async () => session.synchronize()),
    await during('export', async () => session.change('catalog/export', { path: file, force: true })),
  ];
  await bench.rest(session);
  return measures;
}

async function ofImport(lab: Lab, file: string): Promise<Measure[]> {
  return lab.work(async (bench) => {
    const { path: site, session } = await bench.emptySite();
    const { waits } = await withStalls({ bench, site }, async () => imported(session, file));
    await bench.rest(session);
    return [longestStall(waits, 'import')];
  });
}

async function imported(session: ProductSession, file: string): Promise<unknown> {
  const { run } = await session.change<{ run: { Id: number } }>('catalog/import', { path: file });
  return session.finished(run.Id);
}

async function ofServing(lab: Lab, updates: number): Promise<Measure[]> {
  const site = await lab.syncedSite({ updates });
  return lab.work(async (bench) => {
    const served = await bench.serve(site);
    const reader = await CatalogueReader.open(served.url);
    const { waits } = await withStalls({ bench, site }, async () => reader.fetch(await reader.list()));
    await reader.close();
    await served.stop();
    return [longestStall(waits, 'serving')];
  });
}
