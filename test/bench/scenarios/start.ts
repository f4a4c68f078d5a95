import { measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { measuresOf, metered, timesOf } from '../lab/metered.js';
import type { ProductSession } from '../product/ProductSession.js';
import type { Scenario } from './Scenario.js';

const CALLS = 20;

/** What the first command of the day waits for, and what the next ones do. */
export const start: Scenario = {
  name: 'start',
  title: 'first answer of a site of # updates',
  size: 10_000,
  prepare: async (lab, updates) => {
    const site = await lab.syncedSite({ updates });
    return async () =>
      lab.work(async (bench) => {
        const first = await metered(bench.meter, async () => bench.verb('status', '--json', '--site-path', site));
        const session = await bench.session(site);
        const status = await timesOf(CALLS, async () => session.request('status/get'));
        const articleId = await someArticle(session);
        const query = await timesOf(CALLS, async () => session.request('update/list', { articleId }));
        await bench.rest(session);
        return [
          ...measuresOf(first, { budgets: { time: '0.25 s' } }),
          measure('status in the running engine', 'ms', medianOf(status), { budget: '5 ms' }),
          measure('update by KB number', 'ms', medianOf(query), { budget: '5 ms' }),
        ];
      });
  },
};

/** A KB number that a site has. */
export async function someArticle(session: ProductSession): Promise<string> {
  const { updates } = await session.request<{ updates: { ArticleID: string }[] }>('update/list', { newest: 1 });
  return updates[0]?.ArticleID ?? '';
}
