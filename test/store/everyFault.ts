import fs from 'node:fs';
import path from 'node:path';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { repetitions } from '../fixtures/repetitions.js';
import { FailingFiles, FAULT_KINDS } from './FailingFiles.js';
import type { FaultKind } from './FailingFiles.js';

/** A piece of work of the store, done over file calls of which one fails. */
export interface FaultScenario<State> {
  readonly folder: string;
  readonly kinds?: readonly FaultKind[];
  /**
   * Each run takes long. In `npm test` every second of the calls that differ fails, of those that do the same with the
   * same file the first one; one kind of fault after the other.
   */
  readonly isDistinct?: boolean;
  /** Makes the folder ready over files that work; what it opens over `files` goes on working until `work` begins. */
  readonly prepare: (where: string, files: StoreFiles) => Promise<State>;
  /** Does the work; a failure of it is one of the outcomes. */
  readonly work: (state: State, files: StoreFiles) => Promise<unknown>;
  /** Says what is wrong afterwards: nothing for a store that is as it must be. */
  readonly verify: (state: State, how: { where: string; kind: FaultKind }) => Promise<string>;
}

/** What a scenario came to: the faults after which something was wrong, and at how many places there can be one. */
export interface FaultResult {
  readonly wrong: readonly string[];
  readonly places: number;
}

/** Of how many file calls one fails, each kind of fault from another call on. */
const STEP = repetitions(9, 1);

/** Runs a scenario for the file calls of it and every kind of fault. */
export async function everyFault<State>(scenario: FaultScenario<State>): Promise<FaultResult> {
  return scenario.isDistinct === true && STEP > 1 ? distinctFaults(scenario) : steppedFaults(scenario);
}

async function distinctFaults<State>(scenario: FaultScenario<State>): Promise<FaultResult> {
  const wrong: string[] = [];
  const { answer, made } = await oneFault(scenario, 'once', Number.POSITIVE_INFINITY);
  if (answer !== '') wrong.push(`without a fault: ${answer}`);
  const kinds = scenario.kinds ?? FAULT_KINDS;
  for (const [index, call] of [...new Set(made)].entries()) {
    const kind = kinds[Math.floor(index / 2) % kinds.length];
    if (index % 2 > 0 || kind === undefined) continue;
    const { answer: said } = await oneFault(scenario, kind, made.indexOf(call) + 1);
    if (said !== '') wrong.push(`${kind} at ${call}: ${said}`);
  }
  return { wrong, places: made.length };
}

async function steppedFaults<State>(scenario: FaultScenario<State>): Promise<FaultResult> {
  const wrong: string[] = [];
  let places = 0;
  for (const [index, kind] of (scenario.kinds ?? FAULT_KINDS).entries()) {
    for (let n = 1 + (index % STEP); ; n += STEP) {
      const { answer, hasFailed } = await oneFault(scenario, kind, n);
      if (answer !== '') wrong.push(hasFailed ? `${kind} at call ${n}: ${answer}` : `without a fault: ${answer}`);
      if (!hasFailed) break;
      places += STEP;
    }
  }
  return { wrong, places };
}

async function oneFault<State>(
  scenario: FaultScenario<State>,
  kind: FaultKind,
  n: number,
): Promise<{ answer: string; hasFailed: boolean; made: readonly string[] }> {
  const where = fs.mkdtempSync(path.join(scenario.folder, 'd-'));
  const failing = new FailingFiles();
  const state = await scenario.prepare(where, failing.files);
  failing.failAt(n, kind);
  const made = (failing.made = [] as string[]);
  await scenario.work(state, failing.files).catch(() => undefined);
  const { hasFailed } = failing;
  failing.made = undefined;
  if (!hasFailed) failing.failAt(Number.POSITIVE_INFINITY, kind);
  const answer = await scenario.verify(state, { where, kind }).catch((error: unknown) => String(error));
  fs.rmSync(where, { recursive: true, force: true, maxRetries: 3 });
  return { answer, hasFailed, made };
}
