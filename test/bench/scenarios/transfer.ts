import { statSync } from 'node:fs';
import path from 'node:path';
import { measure, type Measure } from '../figures/Measure.js';
import type { Lab } from '../lab/Lab.js';
import { measuresOf, metered } from '../lab/metered.js';
import type { Scenario } from './Scenario.js';

const FORMS = ['cab', 'xml.gz'];
const BUDGETS = { time: '10,000: 5 s together' };

/** A site as a file of each form, each brought into a new site. */
export const transfer: Scenario = {
  name: 'transfer',
  title: 'export of # updates and import into a new site',
  size: 10_000,
  prepare: async (lab, updates) => {
    const site = await lab.syncedSite({ updates });
    const folder = lab.folder();
    return async () => {
      const measures: Measure[] = [];
      for (const form of FORMS) {
        const file = path.join(folder, `out.${form}`);
        measures.push(...(await exportTo(lab, site, file)), ...(await importFrom(lab, file)));
      }
      return measures;
    };
  },
};

async function exportTo(lab: Lab, site: string, file: string): Promise<Measure[]> {
  return lab.work(async (bench) => {
    const session = await bench.session(site);
    await session.request('status/get');
    const work = await metered(bench.meter, async () => session.change('catalog/export', { path: file, force: true }));
    await bench.rest(session);
    const of = `export as ${path.basename(file)}`;
    return [...measuresOf(work, { of, budgets: BUDGETS }), measure(`${of}, size`, 'bytes', statSync(file).size)];
  });
}

async function importFrom(lab: Lab, file: string): Promise<Measure[]> {
  return lab.work(async (bench) => {
    const { session } = await bench.emptySite();
    await session.request('status/get');
    const work = await metered(bench.meter, async () => {
      const { run } = await session.change<{ run: { Id: number } }>('catalog/import', { path: file });
      return session.finished(run.Id);
    });
    await bench.rest(session);
    const [time, ...others] = measuresOf(work, { of: `import of ${path.basename(file)}`, budgets: BUDGETS });
    return time === undefined ? [] : [{ ...time, note: `${work.result.Counts.DocumentsFetched} documents` }, ...others];
  });
}
