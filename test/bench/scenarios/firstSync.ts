import { measure, type Budgets, type Measure } from '../figures/Measure.js';
import { folderSize } from '../lab/folderSize.js';
import type { Lab } from '../lab/Lab.js';
import { measuresOf, metered } from '../lab/metered.js';
import { phaseTimesOf } from '../lab/phaseTimes.js';
import type { Offer } from '../lab/Upstreams.js';
import type { Round } from './Scenario.js';

/** Rounds that synchronize a new site for the first time. */
export async function firstSyncs(lab: Lab, offer: Offer, budgets: Budgets): Promise<Round> {
  const url = await lab.upstreams.url(offer);
  return async () =>
    lab.work(async (bench) => {
      const { path, session } = await bench.newSite(url);
      const work = await metered(bench.meter, async () => session.synchronize());
      await bench.rest(session);
      const disk = folderSize(path);
      const [time, ...others] = measuresOf(work, { budgets });
      const note = `${Math.round(offer.updates / (work.ms / 1000))} updates/s, ${work.result.Counts.New} new`;
      return [
        { ...(time ?? measure('time', 'ms', work.ms)), note },
        ...others,
        measure('disk', 'bytes', disk, { budget: budgets.disk }),
        ...phases(path),
      ];
    });
}

function phases(site: string): Measure[] {
  const times = phaseTimesOf(site);
  if (times === undefined) return [];
  return [
    measure('until updates are asked for', 'ms', times.beforeFirst, { budget: '0.4 s' }),
    measure('after the last document', 'ms', times.afterLast, { budget: '10,000: 0.5 s' }),
  ];
}
