import type { WholeContract } from './generated/types.js';
import type { SchemaName } from './MethodDescription.js';
import { compiledChecks } from './compiledChecks.js';

type Validator = typeof import('./validator.js');

let validator: Validator | undefined;
let loading: Promise<Validator> | undefined;

/**
 * Gives a value that matches its schema. A check that was compiled beforehand only accepts: what it refuses, or does
 * not know, is judged by the validator, which is loaded then. Messages that come meanwhile wait, in their order.
 * @throws SyncError InvalidRequest
 */
export async function checked<S extends SchemaName>(
  schema: S,
  value: unknown,
  method: string,
): Promise<Required<WholeContract>[S]> {
  if (!isAcceptedAtOnce(schema, value)) await judge(schema, value, method);
  return value as Required<WholeContract>[S];
}

function isAcceptedAtOnce(schema: SchemaName, value: unknown): boolean {
  const isLoading = loading !== undefined && validator === undefined;
  return !isLoading && compiledChecks[schema]?.(value) === true;
}

async function judge(schema: SchemaName, value: unknown, method: string): Promise<void> {
  const loaded: Validator = validator ?? (await loadValidator());
  loaded.validate(schema, value, method);
}

/** Loads the validator, which takes some time in one step. */
export async function loadValidator(): Promise<Validator> {
  loading ??= import('./validator.js');
  try {
    return (validator = await loading);
  } catch (caught) {
    // A file that could not be read once can be the next time.
    loading = undefined;
    throw caught;
  }
}
