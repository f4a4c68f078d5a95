import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';

export interface Schema {
  readonly properties: Readonly<Record<string, { readonly description: string }>>;
  readonly required: readonly string[];
}

/** Every schema of `schemas/`, by its name. */
export function allSchemas(): ReadonlyMap<string, Schema> {
  const folder = join(packageFolder(), 'schemas');
  const files = readdirSync(folder).filter((file) => file !== 'errors.json');
  const groups = files.map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as { $defs: object });
  return new Map(groups.flatMap(({ $defs }) => Object.entries($defs) as [string, Schema][]));
}

export function schemaOf(name: string): Schema {
  const schema = allSchemas().get(name);
  if (schema === undefined) throw new TypeError(`There is no schema ${name}.`);
  return schema;
}
