import { expect } from 'chai';
import { catalogueFromGenerator } from '../../../server/sample/catalogueFromGenerator.js';
import type { Run } from '../../../server/contract/generated/types.js';
import { repetitions } from '../../fixtures/repetitions.js';
import { GatedUpstream } from '../../process/GatedUpstream.js';
import { RealSite } from '../../process/RealSite.js';
import { Cleanup } from '../../upstream/harness.js';
import { type AttackedSite, measured } from '../strangers/attackedSite.js';
import { LegitimateServer } from '../strangers/LegitimateServer.js';
import { needsManyAddresses, PEERS } from '../strangers/peers.js';
import { type ReaderCounts, Readers } from './Readers.js';

const UPDATES = repetitions(30, 1000);
const isSoak = UPDATES > 30;
/** Rounds of a downstream server while the readers are there and the synchronization waits. */
const ROUNDS = repetitions(1, 10);
const MEBIBYTE = 1024 * 1024;

/** 200, who follow, read, do not read or leave: four followers of each address, which are all
 * that there may be. */
const COUNTS: ReaderCounts = { followers: 24, deafFollowers: 8, eager: 88, slow: 60, leaving: 20 };

/**
 * Answers that nobody reads may take 32 MiB (`UnreadAnswers`); the rest is for pages in work and for the run, and is
 * given back.
 */
const MOST_GROWTH = (isSoak ? 256 : 128) * MEBIBYTE;
const MOST_LEFT = 48 * MEBIBYTE;

describe('200 readers of the status page while the site synchronizes', function () {
  this.timeout(600_000);
  const cleanup = new Cleanup();
  const catalogue = catalogueFromGenerator({ updates: UPDATES, seed: 1, allCurrent: true });
  let upstream: GatedUpstream;
  let site: RealSite;
  let victim: AttackedSite;
  before(async function () {
    needsManyAddresses(this);
    upstream = await GatedUpstream.start(catalogue);
    cleanup.add(async () => upstream.close());
    site = await RealSite.make({ siteCode: 'CS1', type: 'CAS', serverName: 'cs1.test' });
    cleanup.add(async () => site.remove());
    victim = await measured(site);
    await site.json('config', 'set', '--upstream', upstream.url, '--all-products', '--all-classifications');
    await site.json('sync');
  });
  after(async () => cleanup.run());

  it('hold up neither it nor a downstream server, and take little memory', async () => {
    const ids = (await site.json<{ CI_UniqueID: string }[]>('updates')).map(({ CI_UniqueID }) => CI_UniqueID);
    const reviseAll = (): void => ids.forEach((id) => void catalogue.revise(id, (xml) => xml));
    const legitimate = await LegitimateServer.open(victim.url);
    cleanup.add(async () => legitimate.close());
    reviseAll();
    await victim.usage();
    const alone = await site.json<Run>('sync');
    const calm = await victim.usage('live');

    reviseAll();
    const held = upstream.stopAfter(1);
    const running = site.json<Run>('sync');
    await held;
    const readers = new Readers(victim.port, PEERS);
    cleanup.add(async () => readers.end());
    await readers.come(COUNTS);
    const statuses: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      statuses.push(...(await legitimate.round()).map(({ status }) => status));
    upstream.goOn();
    const began = performance.now();
    statuses.push(...(await legitimate.round()).map(({ status }) => status));
    const crowded = await running;
    const seconds = (performance.now() - began) / 1000;
    const here = readers.count;
    const usage = await victim.usage();
    await readers.end();
    const later = await victim.usage('live');
    const growth = usage.peakMemory - calm.memory;
    if (isSoak)
      say({ alone: alone.DurationSeconds, seconds, calm, usage, later, answers: readers.answers, here, growth });

    expect([alone.State, crowded.State]).to.deep.equal(['Succeeded', 'Succeeded']);
    expect(crowded.Counts).to.deep.equal(alone.Counts);
    expect(new Set(statuses)).to.deep.equal(new Set([200]));
    expect(Object.keys(readers.answers)).to.include.members(['200', 'events']);
    expect(growth).to.be.below(MOST_GROWTH);
    expect(later.live - calm.live).to.be.below(MOST_LEFT);
    // Times are for a machine that does nothing else.
    if (!isSoak) return;
    expect(seconds).to.be.below(MOST_TIMES * alone.DurationSeconds);
    expect(usage.workMs).to.be.below(MOST_WORK_MS);
  });
});

/** How much longer a run may take while pages are made all the time: they and the run share a processor. */
const MOST_TIMES = 10;

/** In one piece of the main thread. */
const MOST_WORK_MS = 250;

function say(facts: unknown): void {
  process.stdout.write(`      ${JSON.stringify(facts)}\n`);
}
