import { Ajv, type ValidateFunction } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { packageFolder } from '../platform/packageFolder.js';
import type { WholeContract } from './generated/types.js';
import type { SchemaName } from './MethodDescription.js';
import { messageError, parameterError } from './parameterError.js';
import type { Surface } from './parameterNames.js';

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

let loaded: Schemas | undefined;

/** Checks a value against a schema of `schemas/`. @throws SyncError InvalidRequest, in the words of both surfaces */
export function validate<S extends SchemaName>(
  schema: S,
  value: unknown,
  method: string,
): asserts value is Required<WholeContract>[S] {
  const check = validatorOf(schema);
  if (check(value)) return;
  const [error] = check.errors ?? [];
  const reasonFor = (surface: Surface): string => {
    if (error === undefined) return `${method} does not match its schema`;
    return schema.endsWith('.request') ? parameterError(method, error, surface) : messageError(method, error, surface);
  };
  throw new SyncError('InvalidRequest', {
    method,
    reason: reasonFor('powershell'),
    reasonCli: reasonFor('commandLine'),
  });
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
    // Texts need what stands beside the keyword that failed.
    verbose: true,
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
