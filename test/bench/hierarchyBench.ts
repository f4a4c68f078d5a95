import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { update } from '../engine/catalogue.js';
import { LinkedParent, notesFile } from '../hierarchy/LinkedParent.js';
import { startChildren } from '../hierarchy/startChildren.js';
import { statusesOf } from '../hierarchy/Tree.js';
import { peakMemory, seconds, timed, type Figure } from './measure.js';

const ROUNDS = 5;

/**
 * One parent with many simulated child sites in one process, over loopback with TLS: the time until all are told and in
 * step, and what it holds.
 */
export async function hierarchyBench(count: number): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'configmgrsync-bench-'));
  const parent = await LinkedParent.open(folder, count);
  const children = startChildren(notesFile(folder), parent.notes);
  try {
    const connecting = await timed(async () => parent.until((node) => node.connected, count));
    const rounds: Round[] = [];
    for (let number = 1; number <= ROUNDS; number += 1) rounds.push(await round(parent, number, count));
    const status = await timed(async () => statusesOf(parent.site));
    const [first, last] = [rounds[0], rounds.at(-1)];
    const slowest = (of: (one: Round) => number): number => Math.max(...rounds.map(of));
    return [
      { name: `${count} child sites connected`, value: seconds(connecting.ms), budget: 'none' },
      {
        name: `${count} child sites told, from the end of the run (slowest of ${ROUNDS})`,
        value: seconds(slowest((one) => one.told)),
        budget: 'within seconds',
      },
      {
        name: 'all in step at the top, each after three reports',
        value: seconds(slowest((one) => one.inStep)),
        budget: 'none',
      },
      {
        name: `status of all (${status.result.length} rows) on one call`,
        value: seconds(status.ms),
        budget: 'one call',
      },
      {
        name: `memory of the parent after round 1 and ${ROUNDS}`,
        value: `${first?.memory ?? 0} MB, ${last?.memory ?? 0} MB, peak ${peakMemory(process.pid)}`,
        budget: 'flat',
      },
    ];
  } finally {
    await children.stop();
    await parent.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Round {
  readonly told: number;
  readonly inStep: number;
  readonly memory: number;
}

async function round(parent: LinkedParent, number: number, count: number): Promise<Round> {
  parent.site.source.put(update(number));
  await parent.site.sync();
  const start = performance.now();
  const [told] = await Promise.all([
    timed(async () => parent.until((node) => node.lastReport?.handled.requestId === number, count)),
    parent.until((node) => node.lastReport?.statuses[0]?.SyncCatalogVersion === number, count),
  ]);
  const inStep = performance.now() - start;
  return { told: told.ms, inStep, memory: Math.round(process.memoryUsage().rss / 1024 / 1024) };
}
