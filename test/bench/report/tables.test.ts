import { expect } from 'chai';
import { measure, type Measure } from '../figures/Measure.js';
import type { Outcome, ScenarioResult } from '../runs/Outcome.js';
import { type Report, reportJson, reportLines, shortLines } from './Report.js';

const MACHINE = { processors: 2, model: 'Test', memoryBytes: 1, node: '20.0.0', platform: 'linux' };
const round = (time: number, processor: number, memory: number): Measure[] => [
  measure('time', 'ms', time, { budget: '3 s', note: '5 new' }),
  measure('processor time', 'ms', processor),
  measure('peak memory', 'bytes', memory),
];
const outcome = (rounds: readonly Measure[][], problem?: string): Outcome => ({ rounds, problem });
const result = (here: Outcome, there?: Outcome): ScenarioResult => ({
  name: 'sync',
  size: 2000,
  title: 'first synchronization of 2,000 updates',
  here,
  there,
});
const report = (results: ScenarioResult[], isCompared: boolean): Report => ({
  here: { commit: 'a'.repeat(40), label: 'aaaaaaa with changes' },
  there: isCompared ? { commit: 'b'.repeat(40), label: 'bbbbbbb' } : undefined,
  machine: MACHINE,
  loads: [0.5, 1.25],
  rounds: 5,
  results,
});
const five = (time: number, processor: number): Measure[][] =>
  [0, 1, 2, 3, 4].map((step) => round(time + step, processor + 20 * step, 200e6));

describe('reports of the bench', () => {
  it('stand beside their budgets where one commit was measured', () => {
    expect(reportLines(report([result(outcome([round(66.7, 1500, 217e6)]))], false))).to.deep.equal([
      'aaaaaaa with changes, measured 5 times, 2 processors (Test), Node.js 20.0.0, linux, ' +
        'load 0.5 at the start and 1.3 at the end',
      '',
      'sync=2000: first synchronization of 2,000 updates',
      '  time            66.7 ms, 5 new  budget 3 s',
      '  processor time  1.50 s',
      '  peak memory     217.0 MB',
    ]);
  });

  it('show both commits with the ratio, and what is beyond the spread', () => {
    expect(
      reportLines(report([result(outcome(five(50, 2000)), outcome(five(50.5, 1000)))], true)).slice(2),
    ).to.deep.equal([
      '  median (lowest to highest)  aaaaaaa with changes       bbbbbbb                    ratio',
      '',
      'sync=2000: first synchronization of 2,000 updates',
      '  time                        52.0 ms (50.0 to 54.0 ms)  52.5 ms (50.5 to 54.5 ms)  0.99',
      '  processor time              2.04 s (2.00 to 2.08 s)    1.04 s (1.00 to 1.08 s)    1.96 worse',
      '  peak memory                 200.0 MB                   200.0 MB                   1.00',
    ]);
  });

  it('say what another commit cannot do, and show the rest', () => {
    const lines = reportLines(report([result(outcome(five(50, 2000)), outcome([], 'no such verb'))], true));
    expect(lines.slice(5)).to.deep.equal([
      '  time                        52.0 ms (50.0 to 54.0 ms)  –',
      '  processor time              2.04 s (2.00 to 2.08 s)    –',
      '  peak memory                 200.0 MB                   –',
      '  not possible with bbbbbbb: no such verb',
    ]);
    const alone = reportLines(report([result(outcome([], 'the port is taken'))], false));
    expect(alone.at(-1)).to.equal('  not measured: the port is taken');
  });

  it('are one line a scenario in continuous integration', () => {
    const lines = shortLines(
      report(
        [result(outcome(five(50, 2000)), outcome(five(50, 1000))), result(outcome([]), outcome([], 'too old'))],
        true,
      ),
    );
    expect(lines).to.deep.equal([
      'sync=2000: processor time 1.96 times that of bbbbbbb (2.04 s with aaaaaaa with changes, 1.04 s with bbbbbbb; ' +
        'median of 5 pairs)',
      'sync=2000: not compared: too old',
      '(2 processors (Test), Node.js 20.0.0, linux, load 0.5 at the start and 1.3 at the end)',
    ]);
  });

  it('are one document with every value in JSON', () => {
    const read = JSON.parse(
      reportJson(report([result(outcome(five(50, 2000)), outcome(five(50, 1000)))], true)),
    ) as JsonReport;
    expect([read.commit, read.against, read.rounds]).to.deep.equal(['a'.repeat(40), 'b'.repeat(40), 5]);
    const processor = read.scenarios[0]?.measures[1];
    expect(processor?.name).to.equal('processor time');
    expect(processor?.here).to.deep.equal({
      median: 2040,
      lowest: 2000,
      highest: 2080,
      values: [2000, 2020, 2040, 2060, 2080],
    });
    expect([processor?.there?.median, processor?.verdict]).to.deep.equal([1040, 'worse']);
    const alone = JSON.parse(reportJson(report([result(outcome(five(50, 2000)))], false))) as JsonReport;
    expect([alone.against, alone.scenarios[0]?.measures[0]?.budget]).to.deep.equal([null, '3 s']);
    expect(alone.scenarios[0]?.measures[0]).not.to.have.property('ratio');
  });
});

interface JsonSide {
  readonly median: number;
  readonly values: readonly number[];
}

interface JsonReport {
  readonly commit: string;
  readonly against: string | null;
  readonly rounds: number;
  readonly scenarios: readonly {
    readonly measures: readonly {
      readonly name: string;
      readonly budget: string | null;
      readonly here: JsonSide;
      readonly there?: JsonSide;
      readonly verdict?: string;
    }[];
  }[];
}
