import { setTimeout as pause } from 'node:timers/promises';
import { measure, type Measure } from '../figures/Measure.js';
import { medianOf } from '../figures/statistics.js';
import { timesOf } from '../lab/metered.js';
import type { Workbench } from '../lab/Workbench.js';
import { type ChangingUpstream, openChangingUpstream } from '../load/ChangingUpstream.js';
import { Children } from '../load/Children.js';
import { BenchFailure } from '../product/BenchFailure.js';
import type { ProductSession } from '../product/ProductSession.js';
import type { Scenario } from './Scenario.js';
import { tokensOf } from './tokensOf.js';

const ROUNDS = 5;
const LOOK_EVERY_MS = 250;
const LONGEST_ROUND_MS = 300_000;

/** A central administration site over real links; its child sites are played by one process of this commit. */
export const hierarchy: Scenario = {
  name: 'hierarchy',
  title: 'a parent and # child sites that follow it',
  size: 1000,
  prepare: async (lab, count) =>
    Promise.resolve(async () => {
      const upstream = await openChangingUpstream();
      try {
        return await lab.work(async (bench) => overLinks(bench, upstream, count));
      } finally {
        await upstream.close();
      }
    }),
};

/** What a round works with. */
interface Tree {
  readonly bench: Workbench;
  readonly session: ProductSession;
  readonly children: Children;
  readonly upstream: ChangingUpstream;
  readonly count: number;
}

async function overLinks(bench: Workbench, upstream: ChangingUpstream, count: number): Promise<Measure[]> {
  const { path, session: first } = await bench.newSite(upstream.url, 'CAS');
  await bench.rest(first);
  const site = await bench.serve(path);
  const session = await bench.session(path);
  const tokens = await tokensOf(session, count);
  const start = Date.now();
  const children = new Children({ tokens, version: bench.product.version, folder: bench.folder });
  try {
    const joined = await children.all('joined');
    const connected = await children.all('connected');
    const figures = await inRounds({ bench, session, children, upstream, count });
    return [
      measure('all have joined', 'ms', joined - start),
      measure('all are connected', 'ms', connected - joined),
      ...figures,
    ];
  } finally {
    await children.stop();
    await session.close();
    await site.stop();
  }
}

async function inRounds(tree: Tree): Promise<Measure[]> {
  const before = await tree.bench.meter.read();
  const rounds: Round[] = [];
  for (let number = 0; number < ROUNDS; number += 1) rounds.push(await oneRound(tree));
  const status = await timesOf(ROUNDS, async () => tree.session.request('status/get'));
  const after = await tree.bench.meter.read();
  const slowest = (of: (round: Round) => number): number => Math.max(...rounds.map(of));
  return [
    measure(
      'all are told, from the end of the run',
      'ms',
      slowest((round) => round.told),
      { budget: '5 s' },
    ),
    measure(
      'all are in step at the top',
      'ms',
      slowest((round) => round.inStep),
    ),
    measure('status of all on one call', 'ms', medianOf(status)),
    measure('processor time', 'ms', after.processorMs - before.processorMs),
    measure('memory after the first round', 'bytes', rounds[0]?.memory ?? 0),
    measure(`memory after round ${ROUNDS}`, 'bytes', rounds.at(-1)?.memory ?? 0, { budget: 'that of the first' }),
    measure('peak memory', 'bytes', after.peakBytes),
  ];
}

interface Round {
  readonly told: number;
  readonly inStep: number;
  /** Of the largest process of the parent. */
  readonly memory: number;
}

async function oneRound({ bench, session, children, upstream, count }: Tree): Promise<Round> {
  upstream.change();
  const { SyncCatalogVersion } = await session.synchronize();
  const start = Date.now();
  const told = await children.all('told');
  await untilInStep(session, count, SyncCatalogVersion);
  const inStep = Date.now() - start;
  const { processes } = await bench.meter.read();
  return { told: Math.max(0, told - start), inStep, memory: Math.max(...processes.map((one) => one.memoryBytes)) };
}

async function untilInStep(session: ProductSession, count: number, version: number): Promise<void> {
  const end = Date.now() + LONGEST_ROUND_MS;
  while (Date.now() < end) {
    const { status } = await session.request<{ status: readonly StatusRow[] }>('status/get');
    const inStep = status.filter((row) => row.LastSyncState === SUCCEEDED && row.SyncCatalogVersion === version);
    if (inStep.length > count) return;
    await pause(LOOK_EVERY_MS);
  }
  throw new BenchFailure(`after ${LONGEST_ROUND_MS / 1000} s not all child sites were in step`);
}

/** 6702: the synchronization succeeded. */
const SUCCEEDED = 6702;

interface StatusRow {
  readonly LastSyncState: number;
  readonly SyncCatalogVersion: number;
}
