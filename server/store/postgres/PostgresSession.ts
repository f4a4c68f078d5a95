import type { ClientBase, CustomTypesConfig, QueryArrayResult } from 'pg';
import { SyncError } from '../../errors/SyncError.js';

/** A value as it goes to PostgreSQL; a list is an array of it. */
export type PostgresValue = string | number | boolean | Uint8Array | null | readonly PostgresValue[];

/** A row, columns in order of the query: text, numbers, bytes. */
export type PostgresRow = readonly (string | number | boolean | Buffer | null)[];

/** Asks PostgreSQL; the values stand in the text as `$1`, `$2`. */
export type Ask = (text: string, values?: readonly PostgresValue[]) => Promise<readonly PostgresRow[]>;

/** One connection, for as long as a transaction or a query has it. */
export interface PostgresSession {
  readonly query: Ask;
}

const BIGINT = 20;
const TEXT_PARSERS = new Map<number, (text: string) => unknown>([
  [BIGINT, numberOf],
  // numeric, which is what a sum of bigint is; smallint, integer, oid
  [1700, numberOf],
  [21, Number],
  [23, Number],
  [26, Number],
  [16, (text) => text === 't'],
  [17, (text) => Buffer.from(text.slice(2), 'hex')],
]);

/** How values come from PostgreSQL: numbers as numbers, bytes as bytes, everything else as its text. */
export const POSTGRES_TYPES: CustomTypesConfig = {
  getTypeParser: ((type: number) => TEXT_PARSERS.get(type) ?? String) as CustomTypesConfig['getTypeParser'],
};

/** Texts that are prepared once for each connection. A longer one is seldom the same again. */
const LONGEST_NAMED = 4000;
const MOST_NAMED = 500;
const names = new Map<string, string>();

/** The name under which a connection keeps a statement: it is read and planned once, not each time. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_NAMED || text.length > LONGEST_NAMED) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

/** A session over a connection of `pg`. */
export function sessionOver(client: ClientBase): PostgresSession {
  return {
    query: async (text, values = []) => {
      const name = values.length > 0 ? nameOf(text) : undefined;
      const query = { text, values: values.map(bound), rowMode: 'array' as const, ...(name !== undefined && { name }) };
      const result: QueryArrayResult | QueryArrayResult[] = await client.query(query);
      // Several statements in one text have a result each.
      return (Array.isArray(result) ? [] : result.rows) as PostgresRow[];
    },
  };
}

function bound(value: PostgresValue): unknown {
  // PostgreSQL keeps every character of a text but this one.
  if (typeof value === 'string') return value.includes('\u0000') ? value.replaceAll('\u0000', '\ufffd') : value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Array.isArray(value) ? value.map(bound) : value;
}

/** Beyond 2^53 a number would be another one. */
function numberOf(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new SyncError('InternalError', { where: 'the database', reason: `the number ${text} is too large` });
}
