/** What a number counts; everything measured is better when it is smaller. */
export type Unit = 'ms' | 'bytes' | 'documents' | 'ratio';

/** One number that a round of a scenario measured. */
export interface Measure {
  readonly name: string;
  readonly unit: Unit;
  readonly value: number;
  /** What the design allows, in words with the size it is stated for. */
  readonly budget?: string;
  /** What else a reader of the absolute table wants to know. */
  readonly note?: string;
}

/** Budgets by the name of what they limit. */
export type Budgets = Readonly<Partial<Record<'time' | 'processor time' | 'peak memory' | 'disk', string>>>;

/** A measure, its members in the order of the tables. */
export function measure(name: string, unit: Unit, value: number, more: Pick<Measure, 'budget' | 'note'> = {}): Measure {
  return { name, unit, value, ...more };
}
