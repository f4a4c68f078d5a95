import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { Random } from '../../server/sample/Random.js';
import { repetitions } from '../fixtures/repetitions.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { unsyncedFiles } from './FailingFiles.js';
import { sampleRevision } from './sampleRows.js';
import { SteppedEngine, type SteppedAnswer, type SteppedTask } from './SteppedEngine.js';
import { testPlace } from './testPlace.js';

/** How two engines get in each other's way: how many calls each makes before it pauses, and which goes on first. */
interface Pauses {
  readonly old: number;
  readonly new: number;
  readonly first: 'old' | 'new';
  /** How many calls more each makes before it pauses once again, the first one first. */
  readonly again?: Readonly<Record<'old' | 'new', number>>;
}

const ORDERS = { old: ['old', 'new'], new: ['new', 'old'] } as const;

const COMMIT_ROUNDS = repetitions(60, 1000);
const FOLD_ROUNDS = repetitions(60, 3000);
const LOOKS_FOR = ['old', 'before'] as const;

/**
 * The engine that had the site is stopped at any call of its work, the one that takes the site over at any call of its
 * opening, and both go on in any order.
 */
describe('Two engines that pause at any file call while one takes the site over from the other', () => {
  const home = temporaryFolder();
  let engines: { old: SteppedEngine; new: SteppedEngine };
  const site = (): string => path.join(home(), 'site');
  const base = (): string => path.join(home(), 'base');

  beforeEach(async () => {
    const place = testPlace(base());
    const database = await openSiteDatabase({ place, files: unsyncedFiles, generation: 1 });
    await database.commit({ settings: { before: 1 }, revisions: [sampleRevision(1)] });
    await database.fold({ isDue: true });
    await database.close();
    const identity = { path: site(), siteGuid: place.siteGuid };
    engines = { old: new SteppedEngine(identity), new: new SteppedEngine(identity) };
  });
  afterEach(async () => {
    await Promise.all([engines.old.end(), engines.new.end()]);
  });

  /** Runs both with those pauses, and says what is wrong afterwards: nothing, or what was acknowledged and is gone. */
  const meet = async (work: SteppedTask, pauses: Pauses): Promise<string> => {
    fs.rmSync(site(), { recursive: true, force: true });
    fs.cpSync(base(), site(), { recursive: true });
    engines.old.run({ do: 'open', generation: 2, looksFor: [] });
    engines.old.begin(work, pauses.old);
    engines.new.begin({ do: 'open', generation: 3, looksFor: LOOKS_FOR }, pauses.new);
    const answers: Partial<Record<'old' | 'new', SteppedAnswer>> = {};
    for (const who of ORDERS[pauses.first]) engines[who].goOn(pauses.again?.[who] ?? 0);
    for (const who of ORDERS[pauses.first]) answers[who] = engines[who].finish();
    const later =
      answers.new?.error === undefined && engines.new.run({ do: 'commit', name: 'new' }).error === undefined;
    const wrong = [
      ...lacking('the new engine', answers.new, { isOld: answers.old?.error === undefined && work.do === 'commit' }),
    ];
    for (const engine of [engines.old, engines.new]) engine.run({ do: 'close' });
    wrong.push(
      ...(await lackingNext({ isOld: answers.old?.error === undefined && work.do === 'commit', isNew: later })),
    );
    return wrong.map((what) => `${JSON.stringify(pauses)}: ${what}`).join('; ');
  };
  const lacking = (who: string, answer: SteppedAnswer | undefined, { isOld }: { isOld: boolean }): string[] => {
    if (answer === undefined || answer.error !== undefined)
      return answer?.error === undefined ? [] : [`${who} was refused: ${answer.error}`];
    const expected = isOld ? LOOKS_FOR : (['before'] as const);
    return expected.filter((name) => !answer.seen.includes(name)).map((name) => `${who} lacks ${name}`);
  };
  const lackingNext = async ({ isOld, isNew }: { isOld: boolean; isNew: boolean }): Promise<string[]> => {
    const database = await openSiteDatabase({ place: testPlace(site()), files: unsyncedFiles, generation: 9 });
    const expected = ['before', ...(isOld ? ['old'] : []), ...(isNew ? ['new'] : [])];
    const found = await Promise.all(expected.map(async (name) => database.setting(name)));
    await database.close();
    return expected.filter((_name, index) => found[index] === undefined).map((name) => `the next engine lacks ${name}`);
  };
  /** How many calls a task makes when nobody is in its way. */
  const callsOf = (who: 'old' | 'new', task: SteppedTask): number => {
    engines[who].run(task);
    return engines[who].calls;
  };
  const everyPause = async (
    work: SteppedTask,
    rounds: number,
  ): Promise<{ wrong: string[]; tried: number; places: number }> => {
    fs.cpSync(base(), site(), { recursive: true });
    engines.old.run({ do: 'open', generation: 2, looksFor: [] });
    const calls = {
      old: callsOf('old', work),
      new: callsOf('new', { do: 'open', generation: 3, looksFor: LOOKS_FOR }),
    };
    const all: Pauses[] = [];
    for (let old = 0; old <= calls.old; old += 1)
      for (let next = 0; next <= calls.new; next += 1)
        for (const first of ['old', 'new'] as const) all.push({ old, new: next, first });
    // So many of them, spread evenly; where there are not so many, others by chance that pause twice.
    const chosen = all.filter(
      (_pauses, index) => Math.floor((index * rounds) / all.length) !== Math.floor(((index - 1) * rounds) / all.length),
    );
    const random = new Random(1);
    while (chosen.length < rounds) chosen.push(pausingTwice(random, calls));
    const wrong: string[] = [];
    for (const pauses of chosen) wrong.push(await meet(work, pauses));
    return { wrong: wrong.filter((what) => what !== ''), tried: chosen.length, places: all.length };
  };

  const pausingTwice = (random: Random, calls: Readonly<Record<'old' | 'new', number>>): Pauses => {
    const [old, next] = [random.below(calls.old + 1), random.below(calls.new + 1)];
    const again = { old: random.below(calls.old - old + 1), new: random.below(calls.new - next + 1) };
    return { old, new: next, first: random.pick(['old', 'new']), again };
  };

  it('lose no write that was acknowledged', async () => {
    const { wrong, tried, places } = await everyPause({ do: 'commit', name: 'old' }, COMMIT_ROUNDS);
    expect(wrong).to.deep.equal([]);
    expect([tried, places > 400]).to.deep.equal([COMMIT_ROUNDS, true]);
  });

  it('begin again where the old one writes a snapshot after the new one has read the seal', async () => {
    const wrong: string[] = [];
    for (let next = 8; next <= 16; next += 1)
      wrong.push(await meet({ do: 'fold' }, { old: 1, new: next, first: 'old' }));
    expect(wrong.filter((what) => what !== '')).to.deep.equal([]);
  });

  it('lose nothing while the old one writes a snapshot', async () => {
    const { wrong, tried, places } = await everyPause({ do: 'fold' }, FOLD_ROUNDS);
    expect(wrong).to.deep.equal([]);
    expect([tried, places > 800]).to.deep.equal([FOLD_ROUNDS, true]);
  });
});
