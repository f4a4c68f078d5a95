import type { Measure } from '../figures/Measure.js';
import { measuresOf, metered } from '../lab/metered.js';
import { CatalogueReader } from '../load/CatalogueReader.js';
import { documentsInPacked, PackedReader } from '../load/PackedReader.js';
import { BenchFailure } from '../product/BenchFailure.js';
import type { Scenario } from './Scenario.js';

/**
 * One downstream server that asks for gzip on one connection: when it is the first to ask, and when another one has
 * asked for the same before. The documents are counted afterwards.
 */
export const serveGzip: Scenario = {
  name: 'serve-gzip',
  title: 'a site serves # updates in gzip on one connection',
  size: 10_000,
  prepare: async (lab, updates) => {
    const path = await lab.syncedSite({ updates });
    return async () =>
      lab.work(async (bench) => {
        const site = await bench.serve(path);
        const requests = await requestsTo(site.url);
        const reader = new PackedReader(site.url);
        const measures: Measure[] = [];
        for (const of of ['first', 'again']) {
          const work = await metered(bench.meter, async () => reader.fetch(requests));
          const documents = documentsInPacked(work.result);
          if (documents < updates) throw new BenchFailure(`the site answered with ${documents} documents`);
          const budgets = of === 'again' ? { time: '10,000: 0.17 s' } : {};
          const [time, ...others] = measuresOf(work, { of, budgets });
          const note = `${Math.round(documents / (work.ms / 1000))} documents/s`;
          measures.push(...(time === undefined ? [] : [{ ...time, note }]), ...others);
        }
        await reader.close();
        await site.stop();
        return measures;
      });
  },
};

async function requestsTo(url: string): Promise<readonly Buffer[]> {
  const reader = await CatalogueReader.open(url);
  const requests = reader.requests(await reader.list());
  await reader.close();
  return requests;
}
