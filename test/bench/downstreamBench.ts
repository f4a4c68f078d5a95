import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { makeBenchSite } from './BenchSite.js';
import type { DownstreamMeasures } from './downstreamProcess.js';
import { peakMemory, seconds, type Figure } from './measure.js';
import { startSampleUpstream } from './SampleUpstream.js';

const run = promisify(execFile);
const dist = path.join(packageFolder(), 'dist');
const SERVERS = 20;

/**
 * So many downstream servers that list and fetch everything from one site at the same time: the clients in one process,
 * the site in another.
 */
export async function downstreamBench(updates: number): Promise<Figure[]> {
  const bench = await makeBenchSite();
  const upstream = await startSampleUpstream(['--updates', String(updates), '--seed', '1', '--size', '13800']);
  await run(process.execPath, [path.join(dist, 'test', 'bench', 'syncProcess.js'), bench.site.path, upstream.url]);
  await upstream.stop();
  const site = spawn(
    process.execPath,
    [path.join(dist, 'server', 'main.js'), 'serve', '--port', '0', '--site-path', bench.site.path],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  try {
    const url = await servedUrl(site.stderr);
    const { stdout } = await run(process.execPath, [
      path.join(dist, 'test', 'bench', 'downstreamProcess.js'),
      url,
      String(SERVERS),
    ]);
    const { documents, bytes, ms } = JSON.parse(stdout) as DownstreamMeasures;
    const processId = (
      JSON.parse(readFileSync(path.join(bench.site.path, 'engine.json'), 'utf8')) as { processId: number }
    ).processId;
    return [
      {
        name: `${SERVERS} downstream servers fetch ${updates} updates each at the same time`,
        value: `${seconds(ms)}, ${Math.round(documents / (ms / 1000))} documents/s, ${Math.round(bytes / 1e6)} MB`,
        budget: 'none',
      },
      { name: 'memory of the site that serves them', value: `peak ${peakMemory(processId)}`, budget: 'none' },
    ];
  } finally {
    const ended = once(site, 'exit');
    site.kill();
    await ended;
    bench.remove();
  }
}

async function servedUrl(lines: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: lines })) {
    const url = /Serves downstream servers on (\S+?)\.?$/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new TypeError('The site ended before it served.');
}
