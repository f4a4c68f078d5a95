import { expect } from 'chai';
import { repetitions } from '../../fixtures/repetitions.js';
import { SHAPES, type Shape } from './graphs.js';
import { RELATIONS, type Relation } from './hostileCatalogue.js';
import type { Report } from './engineUnderMeasure.js';
import { measureRelation, type Measures, type Step } from './measureRelation.js';

const SIZE = repetitions(120, 50_000);
const LARGE = 50_000;
/** `work`: in ms, without a turn of others. */
const MAXIMUM = { seconds: 60, megabytes: 512, work: 100 };

interface RunResult {
  readonly State: string;
  readonly Counts: { readonly New: number; readonly Failed: number };
}

/** Each takes three engines: of a quick test the first two are enough. */
const CASES: readonly { readonly relation: Relation; readonly shape: Shape }[] = [
  ...([
    { relation: 'bundle', shape: 'circle' },
    { relation: 'category', shape: 'chain' },
  ] as const),
  ...RELATIONS.flatMap((relation) => SHAPES.map((shape) => ({ relation, shape }))).filter(
    ({ relation, shape }) =>
      !(relation === 'bundle' && shape === 'circle') && !(relation === 'category' && shape === 'chain'),
  ),
];

describe('An engine whose updates name each other', () => {
  for (const { relation, shape } of CASES.slice(0, repetitions(2, 24)))
    it(`by ${relation} as ${shape} does all of its work within its limits`, async () => {
      const measures = await measureRelation(relation, { shape, size: SIZE }, SIZE === LARGE ? show : undefined);
      for (const [step, { error }] of Object.entries(measures)) expect(error, step).to.equal('');
      expectWhole(measures);
      if (SIZE === LARGE) expectCheap(measures);
    });
});

function show(step: Step, { cost }: Report): void {
  const { seconds, cpu, work, megabytes } = cost;
  const [clock, processor] = [seconds, cpu].map((value) => value.toFixed(1));
  const [worst, memory] = [work, megabytes].map(Math.round);
  process.stdout.write(
    `      ${step}: ${clock} s, ${processor} s of processor time, ${worst} ms of work, ${memory} MB\n`,
  );
}

/** No clock decides in a quick run. An engine that opens its site serves nobody yet. */
function expectCheap(measures: Measures): void {
  for (const [step, { cost }] of Object.entries(measures)) {
    const what = `${step}: ${JSON.stringify(cost)}`;
    expect(cost.seconds, what).to.be.at.most(MAXIMUM.seconds);
    expect(cost.megabytes, what).to.be.at.most(MAXIMUM.megabytes);
    if (step !== 'reopen') expect(cost.work, what).to.be.at.most(MAXIMUM.work);
  }
}

/** What the first engine has, the second one imports, with nothing left out. */
function expectWhole({ first, delta, list, import: imported, check }: Measures): void {
  const run = first.result as RunResult;
  expect(run, JSON.stringify(run)).to.include({ State: 'Succeeded' });
  expect(run.Counts.Failed).to.equal(0);
  expect(run.Counts.New).to.be.above(0);
  expect(delta.result).to.include({ State: 'Succeeded' });
  expect((list.result as { updates: number }).updates).to.equal(run.Counts.New);
  expect(check.result).to.equal(0);
  const { run: copy, problems } = imported.result as { run: RunResult; problems: number };
  expect(problems).to.equal(0);
  expect(copy.Counts.New).to.equal(run.Counts.New);
}
