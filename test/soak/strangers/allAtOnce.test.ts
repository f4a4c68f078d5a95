import { setPriority } from 'node:os';
import { expect } from 'chai';
import { repetitions } from '../../fixtures/repetitions.js';
import { Attackers } from './Attackers.js';
import type { AttackPlan } from './attackProcess.js';
import { type AttackedSite, openAttackedSite } from './attackedSite.js';
import { inTime } from './inTime.js';
import { KnownChild } from './KnownChild.js';
import { type Answered, LegitimateServer } from './LegitimateServer.js';
import type { LoopUsage } from './loopProbe.js';
import { needsManyAddresses, PEERS } from './peers.js';

const UPDATES = repetitions(60, 2000);
const ROUNDS = repetitions(5, 300);
const ROUNDS_A_CHILD = repetitions(5, 30);
/** Of the connections of the soak one in so many. */
const PART = repetitions(50, 1);
const isSoak = PART === 1;
const part = (count: number): number => Math.ceil(count / PART);
const MEGABYTE = 1024 * 1024;
/** On a machine that does little else it takes half of the time of the soak; otherwise less than a test has. */
const MOST_SECONDS = isSoak ? 110 : 280;

/** 200 connections that ask, and beside them those that only take places. */
const CONNECTIONS: AttackPlan['connections'] = {
  elements: part(30),
  ampersands: part(30),
  pipelinedLists: part(30),
  unreadLists: part(30),
  unreadDocuments: part(30),
  heldBodies: part(30),
  largeFrames: part(20),
  greetings: part(2000),
  slowHeads: part(5000),
};

describe('everything that strangers can do, at once', () => {
  let victim: AttackedSite;
  let attackers: Attackers | undefined;
  let at = 'the child joins';
  before(async function () {
    needsManyAddresses(this);
    if (isSoak) measureUndisturbed(-10);
    victim = await openAttackedSite(UPDATES);
  });
  after(async () => {
    await attackers?.end();
    await victim.site.remove();
    if (isSoak) measureUndisturbed(0);
  });

  it('a downstream server is answered and a known child connects meanwhile', async () => {
    await inTime(attackAndMeasure(), { seconds: MOST_SECONDS, at: () => at });
  });

  async function attackAndMeasure(): Promise<void> {
    const legitimate = await LegitimateServer.open(victim.url);
    const child = await KnownChild.join(await victim.site.token());
    const calm = await rounds(legitimate, child, (round) => (at = `${round} before the attack`));
    const before = await victim.usage();
    const { cookie, identities } = legitimate;
    const hundred = [...identities].slice(0, 100);
    const plan = { port: victim.port, addresses: PEERS, connections: CONNECTIONS, cookie, identities: hundred };
    at = 'each connection of the attackers comes once';
    attackers = Attackers.begin(plan);
    await attackers.underway;
    const beginning = await victim.usage();
    const attacked = await rounds(legitimate, child, (round) => (at = `${round} under attack`));
    const usage = await victim.usage();
    const growth = (Math.max(beginning.peakMemory, usage.peakMemory) - before.memory) / MEGABYTE;
    await legitimate.close();
    if (isSoak) {
      say('connections that came', await attackers.counts());
      for (const [when, measured, engine] of [
        ['before', calm, before],
        ['meanwhile', attacked, usage],
      ] as const)
        say(when, { answers: latencies(measured.answers), child: Math.max(...measured.connected), ...shown(engine) });
      say('while they came', { ...shown(beginning), growthMegabytes: Math.round(growth) });
    }
    expect(attacked.answers.filter(({ status }) => status !== 200)).to.deep.equal([]);
    expect(growth).to.be.at.most(256);
    if (!isSoak) return;
    expect(latencies(attacked.answers).p99).to.be.at.most(250);
    expect(Math.max(...attacked.connected)).to.be.at.most(5000);
    expect(Math.max(beginning.workMs, usage.workMs)).to.be.at.most(100);
  }
});

interface Measured {
  readonly answers: readonly Answered[];
  /** How long each connection of the child took, in ms. */
  readonly connected: readonly number[];
}

async function rounds(
  legitimate: LegitimateServer,
  child: KnownChild,
  onRound: (round: string) => void,
): Promise<Measured> {
  const answers: Answered[] = [];
  const connected: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    onRound(`round ${round + 1} of ${ROUNDS}`);
    answers.push(...(await legitimate.round()));
    if (round % ROUNDS_A_CHILD === 0) connected.push(await child.connects());
  }
  return { answers, connected };
}

/** What else the machine does is not to be measured: this process and the engine, not the attackers, come first. */
function measureUndisturbed(priority: number): void {
  try {
    setPriority(priority);
  } catch (error) {
    say('the priority stays', String(error));
  }
}

function latencies(answers: readonly Answered[]): { p50: number; p99: number; most: number } {
  const sorted = answers.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.ceil(part * sorted.length) - 1] ?? 0);
  return { p50: at(0.5), p99: at(0.99), most: at(1) };
}

function shown({ stallMs, ownStallMs, workMs, collectionMs, cpuMs }: LoopUsage): object {
  const [stall, ownStall, work] = [stallMs, ownStallMs, workMs].map(Math.round);
  return { stall, ownStall, work, collection: Math.round(collectionMs), cpu: Math.round(cpuMs) };
}

function say(what: string, facts: unknown): void {
  process.stdout.write(`      ${what}: ${JSON.stringify(facts)}\n`);
}
