import { createHash } from 'node:crypto';
import type { Sql, SqlSteps } from './Sql.js';
import type { Run } from './statements.js';

/** Bytes of a digest that are kept: no two texts with the same ones are to be found. */
const DIGEST = 16;

/** By text: its number, or the digest of one that the database does not have. */
export type Descriptions = Map<string, number | Buffer>;

/**
 * Looks texts up together, before the first one is written: an engine on the network takes long for each. A text of
 * before format 9 has no digest and is not found.
 */
export function* findDescriptions(sql: Sql, texts: Iterable<string>): SqlSteps<Descriptions> {
  const found: Descriptions = new Map();
  const asked = new Map<string, string>();
  for (const text of texts) {
    if (text === '' || found.has(text)) continue;
    const known = sql.descriptions.get(text) ?? digestOf(text);
    found.set(text, known);
    if (typeof known !== 'number') asked.set(known.toString('latin1'), text);
  }
  if (asked.size === 0) return found;
  const digests = [...asked.keys()].map((digest) => Buffer.from(digest, 'latin1'));
  yield* sql.eachRowIn('SELECT digest, id FROM description WHERE digest IN (#)', digests, ([digest, id]) => {
    const text = asked.get(Buffer.from(digest as Uint8Array).toString('latin1')) ?? '';
    found.set(text, Number(id));
    sql.descriptions.keep(text, Number(id));
  });
  sql.descriptions.next ??= Number((yield* sql.row('SELECT coalesce(max(id), 0) + 1 FROM description'))?.[0]);
  return found;
}

/** The number of a text that was looked up, 0 for none; `run` stores a new one. */
export function descriptionId(text: string, found: Descriptions, { sql, run }: { sql: Sql; run: Run }): number {
  const known = found.get(text) ?? 0;
  if (typeof known === 'number') return known;
  const id = sql.descriptions.next ?? 1;
  sql.descriptions.next = id + 1;
  run('addDescription', [id, known, text]);
  found.set(text, id);
  sql.descriptions.keep(text, id);
  return id;
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, DIGEST);
}
