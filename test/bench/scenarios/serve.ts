import { measure } from '../figures/Measure.js';
import { measuresOf, metered } from '../lab/metered.js';
import { CatalogueReader } from '../load/CatalogueReader.js';
import type { Scenario } from './Scenario.js';

/** One downstream server on one connection that throws away what it gets: what serving itself can do. */
export const serve: Scenario = {
  name: 'serve',
  title: 'a site serves # updates on one connection',
  size: 10_000,
  prepare: async (lab, updates) => {
    const path = await lab.syncedSite({ updates });
    return async () =>
      lab.work(async (bench) => {
        const site = await bench.serve(path);
        const reader = await CatalogueReader.open(site.url);
        const revisions = await reader.list();
        const work = await metered(bench.meter, async () => reader.fetch(revisions));
        await reader.close();
        await site.stop();
        const [time, ...others] = measuresOf(work, { budgets: { time: '10,000: 0.4 s' } });
        const note = `${Math.round(revisions.length / (work.ms / 1000))} documents/s`;
        return [{ ...(time ?? measure('time', 'ms', work.ms)), note }, ...others];
      });
  },
};
