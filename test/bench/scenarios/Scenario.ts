import type { Measure } from '../figures/Measure.js';
import type { Lab } from '../lab/Lab.js';

/** Something that users wait for, with a size. */
export interface Scenario {
  readonly name: string;
  /** What is measured, as the heading of a table says it; `#` is the size. */
  readonly title: string;
  /** The size that the budgets are stated for. */
  readonly size: number;
  /** Makes what the rounds have in common. */
  readonly prepare: (lab: Lab, size: number) => Promise<Round>;
}

/** Measures once. Rounds leave nothing behind that changes the next one. */
export type Round = () => Promise<readonly Measure[]>;
