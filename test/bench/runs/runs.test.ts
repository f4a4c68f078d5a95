import { expect } from 'chai';
import { measure } from '../figures/Measure.js';
import type { Lab } from '../lab/Lab.js';
import type { Scenario } from '../scenarios/Scenario.js';
import { measureScenario } from './measureScenario.js';
import { valuesOf } from './Outcome.js';
import { turnsOf } from './turns.js';

const lab = (name: string): Lab => ({ product: { label: name } }) as unknown as Lab;

describe('rounds of the bench', () => {
  it('take turns in pairs of which each begins with the other side', () => {
    expect(turnsOf(3)).to.deep.equal(['here', 'there', 'there', 'here', 'here', 'there']);
    expect(turnsOf(0)).to.deep.equal([]);
  });

  it('prepare both sides once and measure them in turns', async () => {
    const { scenario, calls } = recorded();
    const found = await measureScenario({ ...parts(scenario), rounds: 2, there: lab('old') });
    expect(calls).to.deep.equal(['prepare new', 'prepare old', 'new', 'old', 'old', 'new']);
    expect(found.title).to.equal('work on 1,500 things');
    expect(valuesOf(found.here).get('time')?.values).to.deep.equal([1, 4]);
    expect(found.there === undefined ? [] : valuesOf(found.there).get('time')?.values).to.deep.equal([2, 3]);
  });

  it('measure one side alone', async () => {
    const { scenario, calls } = recorded();
    const found = await measureScenario({ ...parts(scenario), rounds: 2, there: undefined });
    expect(calls).to.deep.equal(['prepare new', 'new', 'new']);
    expect(found.there).to.equal(undefined);
  });

  it('go on here when the other side fails, and ask it no more', async () => {
    for (const failing of ['prepare old', 'old']) {
      const { scenario, calls } = recorded(failing);
      const found = await measureScenario({ ...parts(scenario), rounds: 2, there: lab('old') });
      expect(found.there?.problem).to.equal(`${failing} is not possible`);
      expect([found.here.problem, found.here.rounds.length]).to.deep.equal([undefined, 2]);
      expect(calls.filter((call) => call === 'old').length).to.equal(failing === 'old' ? 1 : 0);
    }
  });

  function parts(scenario: Scenario) {
    return { scenario, size: 1500, here: lab('new'), tell: () => undefined };
  }

  /** A scenario that notes what it is asked for; its times count the rounds. */
  function recorded(failing?: string): { scenario: Scenario; calls: string[] } {
    const calls: string[] = [];
    let rounds = 0;
    const note = async (call: string): Promise<void> => {
      calls.push(call);
      return call === failing ? Promise.reject(new TypeError(`${call} is not possible`)) : Promise.resolve();
    };
    const scenario: Scenario = {
      name: 'work',
      title: 'work on # things',
      size: 10,
      prepare: async ({ product }) => {
        await note(`prepare ${product.label}`);
        return async () => {
          await note(product.label);
          return [measure('time', 'ms', (rounds += 1))];
        };
      },
    };
    return { scenario, calls };
  }
});
