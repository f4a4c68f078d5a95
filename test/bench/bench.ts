import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { downstreamBench } from './downstreamBench.js';
import { hierarchyBench } from './hierarchyBench.js';
import { makeBenchSite } from './BenchSite.js';
import { type Figure, seconds, timed } from './measure.js';
import { promptBench } from './promptBench.js';
import { startSampleUpstream } from './SampleUpstream.js';
import type { SyncMeasures } from './syncProcess.js';
import { transferFigures } from './transferFigures.js';

const run = promisify(execFile);
const dist = path.join(packageFolder(), 'dist');

/**
 * `npm run bench [updates]`: the figures of the design beside their budgets, the upstream in a process of its own on
 * this machine.
 */
async function bench(updates: number): Promise<void> {
  const figures = [...(await plain(updates)), ...(await compressed(Math.max(100, Math.round(updates / 10))))];
  process.stdout.write(`${table(figures)}\n`);
}

async function plain(updates: number): Promise<Figure[]> {
  const upstream = await startSampleUpstream(['--updates', String(updates), '--seed', '1', '--size', '13800']);
  const bench = await makeBenchSite();
  try {
    const measures = await synchronizeIn(bench.site.path, upstream.url);
    const start = await fromProcessStart(bench.site.path);
    const megabytes = (bench.size('documents') + bench.size('database')) / 1e6;
    return [
      {
        name: `first sync of ${updates} updates, plain, every batch durable`,
        value:
          `${seconds(measures.first)}, ${Math.round(updates / (measures.first / 1000))} updates/s, ` +
          `peak ${measures.peak}`,
        budget: '10,000: 3 s, 220 MB',
      },
      {
        name: 'second sync, nothing new, in the running engine',
        value: `${seconds(measures.second)}, ${measures.secondFetched} documents fetched`,
        budget: '60 ms, 0',
      },
      { name: 'second sync, nothing new, from process start', value: seconds(start), budget: '0.45 s' },
      { name: 'update by KB number', value: seconds(measures.query), budget: '5 ms' },
      { name: 'status', value: seconds(measures.status), budget: '5 ms' },
      { name: 'opening the site', value: seconds(measures.open), budget: '0.25 s to the first answer' },
      { name: 'disk', value: `${megabytes.toFixed(1)} MB`, budget: '10,000: 13 MB' },
      ...(await transferFigures(bench)),
    ];
  } finally {
    await upstream.stop();
    bench.remove();
  }
}

async function compressed(updates: number): Promise<Figure[]> {
  const upstream = await startSampleUpstream([
    '--updates',
    String(updates),
    '--seed',
    '1',
    '--size',
    '13800',
    '--blob',
    'mszip',
  ]);
  const bench = await makeBenchSite();
  try {
    const measures = await synchronizeIn(bench.site.path, upstream.url);
    return [
      {
        name: `first sync of ${updates} updates, MSZIP cabinets`,
        value: `${seconds(measures.first)}, peak ${measures.peak}`,
        budget: '1,000: 0.45 s',
      },
    ];
  } finally {
    await upstream.stop();
    bench.remove();
  }
}

async function synchronizeIn(folder: string, url: string): Promise<SyncMeasures> {
  const { stdout } = await run(process.execPath, [path.join(dist, 'test', 'bench', 'syncProcess.js'), folder, url]);
  const measures = JSON.parse(stdout) as SyncMeasures;
  if (measures.state !== 'Succeeded') throw new TypeError(`The synchronization failed: ${measures.error}`);
  return measures;
}

/** The command line verb with no engine running. */
async function fromProcessStart(folder: string): Promise<number> {
  const main = path.join(dist, 'server', 'main.js');
  const { ms } = await timed(async () => run(process.execPath, [main, 'sync', '--json', '--site-path', folder]));
  process.kill((JSON.parse(readFileSync(path.join(folder, 'engine.json'), 'utf8')) as { processId: number }).processId);
  return ms;
}

function table(figures: readonly Figure[]): string {
  const width = (key: keyof Figure): number => Math.max(...figures.map((figure) => figure[key].length));
  const rows = figures.map(
    (figure) => `${figure.name.padEnd(width('name'))}  ${figure.value.padEnd(width('value'))}  budget ${figure.budget}`,
  );
  return rows.join('\n');
}

/**
 * `npm run bench`, `npm run bench -- hierarchy [child sites]`, `npm run bench -- downstream [updates]` and `npm run
 * bench -- prompt`.
 */
async function main([what = '', number]: readonly string[]): Promise<void> {
  if (what === 'hierarchy') process.stdout.write(`${table(await hierarchyBench(Number(number ?? 1000)))}\n`);
  else if (what === 'prompt') process.stdout.write(await promptBench());
  else if (what === 'downstream') process.stdout.write(`${table(await downstreamBench(Number(number ?? 10_000)))}\n`);
  else await bench(Number(what === '' ? 10_000 : what));
}

await main(process.argv.slice(2));
