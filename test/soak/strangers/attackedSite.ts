import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Run } from '../../../server/contract/generated/types.js';
import { catalogueFromGenerator } from '../../../server/sample/catalogueFromGenerator.js';
import { serveCatalogue } from '../../downstream/Chain.js';
import { ended, RealSite } from '../../process/RealSite.js';
import { Cleanup } from '../../upstream/harness.js';
import type { LoopUsage, Question } from './loopProbe.js';

const probe = new URL('./loopProbe.js', import.meta.url).href;

/** A site that serves, its engine in a process of its own that says what it went through. */
export interface AttackedSite {
  readonly site: RealSite;
  readonly port: number;
  readonly url: string;
  /** What the engine went through since the last time this was asked. */
  usage(question?: Question): Promise<LoopUsage>;
}

/** Makes a site that has synchronized so many updates of the sample, and serves them. */
export async function openAttackedSite(updates: number): Promise<AttackedSite> {
  const site = await RealSite.make({ siteCode: 'CS1', type: 'CAS', serverName: 'cs1.test' });
  const first = await serve(site);
  await synchronize(site, updates);
  // What the synchronization took of the memory is not to hide what the attack takes.
  await ended(first, 'SIGKILL');
  return measured(site);
}

/** Serves a site, and says what its engine goes through. */
export async function measured(site: RealSite): Promise<AttackedSite> {
  const engine = await serve(site);
  const port = Number(new URL(site.heartbeat.address).port);
  const usage = async (question: Question = 'usage'): Promise<LoopUsage> => {
    const answer = once(engine, 'message') as Promise<[LoopUsage]>;
    engine.send(question);
    return (await answer)[0];
  };
  return { site, port, url: `http://127.0.0.1:${port}`, usage };
}

async function serve(site: RealSite): Promise<ChildProcess> {
  const env = { NODE_OPTIONS: `--import=${probe}` };
  return site.serve(['--port', '0'], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

async function synchronize(site: RealSite, updates: number): Promise<void> {
  const cleanup = new Cleanup();
  const catalogue = catalogueFromGenerator({ updates, seed: 1, size: 13_800, allCurrent: true });
  const url = await serveCatalogue(cleanup, catalogue);
  await site.json('config', 'set', '--upstream', url, '--all-products', '--all-classifications');
  await site.json<Run>('sync');
  await cleanup.run();
}
