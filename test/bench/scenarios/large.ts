import { measure, type Measure } from '../figures/Measure.js';
import type { Lab } from '../lab/Lab.js';
import { measuresOf, metered, type Metered } from '../lab/metered.js';
import { longestStall, withStalls } from '../lab/stalls.js';
import type { Scenario } from './Scenario.js';

/** Characters of the largest document that Microsoft has published. */
const GIANT = 46_900_000;
/** So many times smaller is the site that the growth is measured against. */
const SMALLER = 4;
const BUDGETS = { time: '100,000: 25 s', 'peak memory': '100,000: 350 MB' };

/** A whole catalogue with the largest document there is; how time grows with size, against a smaller one without it. */
export const large: Scenario = {
  name: 'large',
  title: 'first synchronization of # updates, one of which has 46.9 MB',
  size: 100_000,
  prepare: async (lab, updates) => {
    const count = Math.round(updates / SMALLER);
    const [whole, part] = [
      await lab.upstreams.revised({ updates, giant: GIANT }),
      await lab.upstreams.revised({ updates: count }),
    ];
    return async () => {
      const smaller = await firstSync(lab, part.url);
      const work = await firstSync(lab, whole.url);
      return [...measuresOf(work, { budgets: BUDGETS }), longestStall(work.waits), ...growth(smaller, work)];
    };
  },
};

type Watched = Metered<unknown> & { readonly waits: readonly number[] };

async function firstSync(lab: Lab, url: string): Promise<Watched> {
  return lab.work(async (bench) => {
    const { path: site, session } = await bench.newSite(url);
    const { result, waits } = await withStalls({ bench, site }, async () =>
      metered(bench.meter, async () => session.synchronize()),
    );
    await bench.rest(session);
    return { ...result, waits };
  });
}

/** 1: twice the updates take twice the time; 2: four times. */
function growth(smaller: Watched, larger: Watched): Measure[] {
  const exponent = (of: 'ms' | 'processorMs'): number => Math.log(larger[of] / smaller[of]) / Math.log(SMALLER);
  return [
    measure('exponent of time over size', 'ratio', exponent('ms'), { budget: '1.05' }),
    measure('exponent of processor time over size', 'ratio', exponent('processorMs'), { budget: '1.05' }),
  ];
}
