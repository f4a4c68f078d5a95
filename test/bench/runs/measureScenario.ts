import type { Measure } from '../figures/Measure.js';
import type { Lab } from '../lab/Lab.js';
import type { Round, Scenario } from '../scenarios/Scenario.js';
import type { Outcome, ScenarioResult } from './Outcome.js';
import { turnsOf } from './turns.js';

/** What is measured, and where. */
export interface Measuring {
  readonly scenario: Scenario;
  readonly size: number;
  readonly rounds: number;
  readonly here: Lab;
  /** The other commit. */
  readonly there: Lab | undefined;
  /** Is told what is under way. */
  readonly tell: (line: string) => void;
}

/** One side of a scenario: its rounds until one fails. */
class Contender {
  readonly #lab: Lab;
  readonly #rounds: (readonly Measure[])[] = [];
  #round: Round | undefined;
  #problem: string | undefined;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  get outcome(): Outcome {
    return { rounds: this.#rounds, problem: this.#problem };
  }

  async prepare(scenario: Scenario, size: number): Promise<void> {
    await this.#try(async () => void (this.#round = await scenario.prepare(this.#lab, size)));
  }

  async run(): Promise<void> {
    await this.#try(async () => void this.#rounds.push((await this.#round?.()) ?? []));
  }

  /** What one commit cannot do must not keep the other from being measured. */
  async #try(work: () => Promise<void>): Promise<void> {
    if (this.#problem !== undefined) return;
    try {
      await work();
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
  }
}

/** Measures a scenario, with two commits in turns. */
export async function measureScenario(measuring: Measuring): Promise<ScenarioResult> {
  const { scenario, size, rounds, tell } = measuring;
  const here = new Contender(measuring.here);
  const there = measuring.there === undefined ? undefined : new Contender(measuring.there);
  tell(`${scenario.name}=${size}: preparing`);
  await here.prepare(scenario, size);
  await there?.prepare(scenario, size);
  const turns =
    there === undefined
      ? Array.from({ length: rounds }, () => here)
      : turnsOf(rounds).map((side) => (side === 'here' ? here : there));
  for (const [index, contender] of turns.entries()) {
    tell(`${scenario.name}=${size}: round ${index + 1} of ${turns.length}`);
    await contender.run();
  }
  const title = scenario.title.replace('#', size.toLocaleString('en'));
  return { name: scenario.name, title, size, here: here.outcome, there: there?.outcome };
}
