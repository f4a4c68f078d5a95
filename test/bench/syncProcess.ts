import { randomUUID } from 'node:crypto';
import { openSite } from '../../server/site/openSite.js';
import { openEngine } from '../../server/engine/openEngine.js';
import { peakMemory, timed } from './measure.js';

/** What one synchronizing process measured; printed as one JSON line. */
export interface SyncMeasures {
  readonly open: number;
  readonly first: number;
  readonly second: number;
  readonly secondFetched: number;
  readonly query: number;
  readonly status: number;
  readonly updates: number;
  readonly state: string;
  readonly error: string;
  readonly peak: string;
}

const [folder = '', url = ''] = process.argv.slice(2);
const engine = await openEngine({
  site: await openSite(folder),
  generation: 1,
  onIdle: () => undefined,
  stop: () => undefined,
});
const never = new AbortController().signal;
const request = { signal: never, closed: never, notify: () => undefined };

const synchronize = async (): ReturnType<(typeof engine.service)['run/wait']> => {
  const { run } = await engine.service['sync/start']({ requestId: randomUUID() }, request);
  return engine.service['run/wait']({ id: run.Id }, request);
};

await engine.service['component/set'](
  { requestId: randomUUID(), upstreamSourceLocation: url, allProducts: true, allClassifications: true },
  request,
);
const first = await timed(synchronize);
const second = await timed(synchronize);
const some = (await engine.service['update/list']({ newest: 1 }, request)).updates[0]?.ArticleID ?? '';
await engine.service['update/list']({ articleId: some }, request);
const query = await timed(async () => engine.service['update/list']({ articleId: some }, request));
const status = await timed(async () => engine.service['status/get']({}, request));
const updates = first.result.run.Counts.New;
await engine.close();
const reopened = await timed(async () =>
  openEngine({ site: await openSite(folder), generation: 2, onIdle: () => undefined, stop: () => undefined }),
);
await reopened.result.close();

const measures: SyncMeasures = {
  open: reopened.ms,
  first: first.ms,
  second: second.ms,
  secondFetched: second.result.run.Counts.DocumentsFetched,
  query: query.ms,
  status: status.ms,
  updates,
  state: first.result.run.State,
  error: first.result.run.ErrorMessage ?? '',
  peak: peakMemory(process.pid),
};
process.stdout.write(`${JSON.stringify(measures)}\n`);
