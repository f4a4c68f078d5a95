import { expect } from 'chai';
import { type BenchRequest, type Known, readArguments } from './readArguments.js';

const KNOWN: Known = {
  names: ['sync', 'start', 'serve'],
  usual: ['sync', 'start'],
  baseline: [{ name: 'start', size: 20 }],
};

describe('arguments of the bench', () => {
  const read = (...args: string[]): BenchRequest => {
    const found = readArguments(args, KNOWN);
    if ('problem' in found) throw new TypeError(found.problem);
    return found;
  };
  const problem = (...args: string[]): string => {
    const found = readArguments(args, KNOWN);
    return 'problem' in found ? found.problem : expect.fail(`it was accepted: ${JSON.stringify(found)}`);
  };

  it('are none for the absolute table of the usual scenarios', () => {
    expect(read()).to.deep.equal({
      against: undefined,
      isBaseline: false,
      choices: [
        { name: 'sync', size: undefined },
        { name: 'start', size: undefined },
      ],
      rounds: 1,
      json: false,
    });
  });

  it('name scenarios with their sizes, and another commit', () => {
    const { against, choices, rounds, json } = read('serve', '--against', '5fa94e3', 'sync=2000', '--json');
    expect([against, rounds, json]).to.deep.equal(['5fa94e3', 5, true]);
    expect(choices).to.deep.equal([
      { name: 'serve', size: undefined },
      { name: 'sync', size: 2000 },
    ]);
    expect(read('--against=HEAD~1', '--pairs', '9').rounds).to.equal(9);
    expect(read('--rounds', '3').rounds).to.equal(3);
    expect(read('all').choices.map(({ name }) => name)).to.deep.equal(KNOWN.names);
  });

  it('know the short comparison of continuous integration', () => {
    const { isBaseline, choices, rounds } = read('--baseline');
    expect([isBaseline, rounds]).to.deep.equal([true, 3]);
    expect(choices).to.deep.equal(KNOWN.baseline);
  });

  it('are refused with the reason', () => {
    expect(problem('sing')).to.equal('There is no scenario sing; there are sync, start, serve.');
    expect(problem('sync', 'sync=3')).to.equal('sync is named twice.');
    expect(problem('sync', 'all')).to.equal('sync is named twice.');
    expect(problem('sync=0')).to.equal('sync is from 1 to 10000000, not 0.');
    expect(problem('sync=1e3')).to.match(/not 1e3/);
    expect(problem('sync=')).to.match(/not empty/);
    expect(problem('--pairs', '3')).to.match(/--pairs needs --against/);
    expect(problem('--rounds', '3', '--against', 'HEAD')).to.match(/give --pairs/);
    expect(problem('--pairs', 'many', '--against', 'HEAD')).to.match(/--pairs is from 1 to 1000, not many/);
    expect(problem('--against', 'HEAD', '--baseline')).to.match(/do not go together/);
    expect(problem('--against=')).to.match(/names no commit/);
    expect(problem('--fast')).to.match(/--fast/);
  });
});
