import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { packageFolder } from '../platform/packageFolder.js';
import type { WholeContract } from './generated/types.js';
import type { SchemaName } from './methods.js';

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

let loaded: Schemas | undefined;

/** Checks a value against a schema of `schemas/`; throws InvalidRequest with the place and the reason. */
export function validate<S extends SchemaName>(
  schema: S,
  value: unknown,
  method: string,
): asserts value is Required<WholeContract>[S] {
  const check = validatorOf(schema);
  if (check(value)) return;
  throw new SyncError('InvalidRequest', { method, reason: reasonOfErrors(check.errors ?? []) });
}

/** Compiles a schema on first use and keeps it. */
function validatorOf(schema: SchemaName): ValidateFunction {
  loaded ??= loadSchemas();
  const check = loaded.ajv.getSchema(loaded.places.get(schema) ?? schema);
  if (check === undefined)
    throw new SyncError('InternalError', { where: 'the contract', reason: `there is no schema ${schema}` });
  return check;
}

/** All schemas, none of them compiled: ajv compiles when one is first asked for. */
interface Schemas {
  readonly ajv: Ajv;
  /** Where each stands, by its name: `run.json#/$defs/run.list.request`. */
  readonly places: ReadonlyMap<string, string>;
}

function loadSchemas(): Schemas {
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    validateSchema: false,
    formats: { 'date-time': DATE_TIME, uuid: UUID },
  });
  const places = new Map<string, string>();
  const folder = join(packageFolder(), 'schemas');
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.json') || file === 'errors.json') continue;
    const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly $defs: object };
    ajv.addSchema(schema, file);
    for (const name of Object.keys(schema.$defs)) places.set(name, `${file}#/$defs/${name}`);
  }
  return { ajv, places };
}

function reasonOfErrors(errors: readonly ErrorObject[]): string {
  return errors.map(describeError).join('; ') || 'it does not fit the schema';
}

function describeError(error: ErrorObject): string {
  const where = error.instancePath === '' ? 'the parameters' : error.instancePath.slice(1).replaceAll('/', '.');
  const named = Object.entries(error.params as Record<string, unknown>).find(
    ([key]) => key === 'additionalProperty' || key === 'allowedValues',
  );
  const what = named === undefined ? '' : ` (${String(named[1])})`;
  return `${where} ${error.message ?? 'is not valid'}${what}`;
}
