import { Ajv, type ValidateFunction } from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { packageFolder } from '../platform/packageFolder.js';
import { formats } from './formats.js';
import type { WholeContract } from './generated/types.js';
import type { SchemaName } from './MethodDescription.js';
import { messageError, parameterError } from './parameterError.js';
import type { Surface } from './parameterNames.js';

let known: Schemas | undefined;

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
  known ??= noSchemas();
  const check = known.ajv.getSchema(placeOf(known, schema) ?? schema);
  if (check === undefined)
    throw new SyncError('InternalError', { where: 'the contract', reason: `there is no schema ${schema}` });
  return check;
}

/** The schemas of the files that were needed until now: most processes need a few of them. */
interface Schemas {
  readonly ajv: Ajv;
  readonly folder: string;
  readonly files: Set<string>;
  /** Where each schema stands, by its name: `run.json#/$defs/run.list.request`. */
  readonly places: Map<string, string>;
}

function noSchemas(): Schemas {
  const ajv = new Ajv({
    strict: true,
    allowUnionTypes: true,
    meta: false,
    validateSchema: false,
    // Texts need what stands beside the keyword that failed.
    verbose: true,
    // A check is used a few times, but compiled while others wait: half of that was optimizing, a third the same parts
    // once more for each schema that has them.
    code: { optimize: false },
    inlineRefs: false,
    formats,
  });
  return { ajv, folder: join(packageFolder(), 'schemas'), files: new Set(), places: new Map() };
}

/** Where a schema stands; reads the file that has it. */
function placeOf(schemas: Schemas, name: string): string | undefined {
  if (schemas.places.has(name)) return schemas.places.get(name);
  const files = readdirSync(schemas.folder).filter((file) => file.endsWith('.json') && file !== 'errors.json');
  const likely = `${name.slice(0, name.indexOf('.'))}.json`;
  for (const file of [...files.filter((one) => one === likely), ...files]) {
    if (schemas.files.has(file)) continue;
    const text = readFileSync(join(schemas.folder, file), 'utf8');
    if (text.includes(`"${name}":`)) addFile(schemas, file, text);
    if (schemas.places.has(name)) break;
  }
  return schemas.places.get(name);
}

/** A file of schemas that a schema refers to. */
const OTHER_FILE = /"\$ref": *"([^"#]+)#/g;

/**
 * Adds a file and those it refers to; none of its schemas is compiled. All are read before one is added: what could not
 * be read is read again when it is next asked for.
 */
function addFile(schemas: Schemas, file: string, text: string): void {
  const texts = new Map([[file, text]]);
  for (const [, one] of texts)
    for (const [, other = ''] of one.matchAll(OTHER_FILE))
      if (!schemas.files.has(other) && !texts.has(other))
        texts.set(other, readFileSync(join(schemas.folder, other), 'utf8'));
  const parsed = [...texts].map(([name, one]) => ({ name, schema: JSON.parse(one) as { readonly $defs: object } }));
  for (const { name, schema } of parsed) {
    schemas.files.add(name);
    schemas.ajv.addSchema(schema, name);
    for (const one of Object.keys(schema.$defs)) schemas.places.set(one, `${name}#/$defs/${one}`);
  }
}
