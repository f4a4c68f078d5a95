import type { MethodDescription } from './MethodDescription.js';
import { CONTRACT_VERSION, METHODS } from './methods.js';

/** The versions of the contract that a side speaks. */
export interface ContractRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** What this code speaks. Later versions only add to version 1, so it is spoken too. */
export const CONTRACT_RANGE: ContractRange = { minimum: 1, maximum: CONTRACT_VERSION };

/** The highest version that both sides speak; undefined when there is none. */
export function commonVersion(ours: ContractRange, theirs: ContractRange): number | undefined {
  const highest = Math.min(ours.maximum, theirs.maximum);
  return highest < Math.max(ours.minimum, theirs.minimum) ? undefined : highest;
}

/** A range as an error names it. */
export function describeRange({ minimum, maximum }: ContractRange): string {
  return minimum === maximum ? String(minimum) : `${minimum} to ${maximum}`;
}

/** What a request needs of the side that answers it. */
export interface ContractNeed {
  /** The first version of the contract that knows it. */
  readonly version: number;
  /** What is of that version: the method, or the method and its parameter. */
  readonly what: string;
}

/** The first version that knows a request with all its parameters. */
export function neededVersion(
  { method, params }: { method: string; params: object },
  table: Readonly<Record<string, MethodDescription>> = METHODS,
): ContractNeed {
  const described = Object.hasOwn(table, method) ? table[method] : undefined;
  const whole: ContractNeed = { version: described?.since ?? 1, what: method };
  const parts = Object.entries(described?.parametersSince ?? {}).filter(
    ([name]) => (params as Readonly<Record<string, unknown>>)[name] !== undefined,
  );
  return parts
    .map(([name, version]) => ({ version, what: `the parameter ${name} of ${method}` }))
    .reduce((most, next) => (next.version > most.version ? next : most), whole);
}
