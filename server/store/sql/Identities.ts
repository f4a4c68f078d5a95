import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Sql, SqlSteps } from './Sql.js';
import type { Run } from './statements.js';

/** A GUID as 16 bytes in the order of its text. */
function guidToBytes(guid: string): Buffer {
  return Buffer.from(guid.replaceAll('-', ''), 'hex');
}

const DIGITS = Buffer.from('0123456789abcdef');
const text = Buffer.alloc(36, '-');
/** Where the two digits of each byte stand, hyphens between its groups. */
const PLACES = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);

/** The text of 16 bytes, lower case with hyphens: one string, where putting parts together makes ten objects. */
export function bytesToGuid(bytes: Uint8Array): string {
  for (let index = 0; index < PLACES.length; index++) {
    const byte = bytes[index] as number;
    const at = PLACES[index] as number;
    text[at] = DIGITS[byte >> 4] as number;
    text[at + 1] = DIGITS[byte & 15] as number;
  }
  return text.toString('latin1');
}

const CACHE_LIMIT = 50_000;
/** Ids that are looked up together. */
const TOGETHER = 200;

/** Numbers for update ids: looked up, or given when an id is met for the first time. */
export class Identities {
  readonly #sql: Sql;
  readonly #isShared: boolean;
  readonly #cache = new Map<string, number>();
  /** Ids that were looked up in vain: they are added soon, in most cases. */
  readonly #absent = new Set<string>();
  /** Undefined until one is given. */
  #next: number | undefined;
  /** Rises with each id that is added: what was looked up before may be there now. */
  #added = 0;

  /** `isShared`: others add ids too, so one that was looked up in vain may be there the next time. */
  constructor(sql: Sql, isShared = false) {
    this.#sql = sql;
    this.#isShared = isShared;
  }

  /** The number of an id where it is at hand. */
  known(updateId: string): number | undefined {
    return this.#cache.get(updateId);
  }

  /** True where nothing has to be read to find an id. */
  isAtHand(updateId: string): boolean {
    return this.#cache.has(updateId) || this.#absent.has(updateId);
  }

  /** The number of an id that was met before. */
  *find(updateId: string): SqlSteps<number | undefined> {
    const cached = this.#cache.get(updateId);
    if (cached !== undefined || this.#absent.has(updateId)) return cached;
    return (yield* this.findAll([updateId])).get(updateId);
  }

  /** The number of each id that the database has met. */
  *findAll(updateIds: Iterable<string>): SqlSteps<Map<string, number>> {
    const keys = new Map<string, number>();
    let asked: string[] = [];
    for (const updateId of updateIds) {
      const cached = this.#cache.get(updateId);
      if (cached !== undefined) keys.set(updateId, cached);
      else if (!this.#absent.has(updateId)) asked.push(updateId);
      if (asked.length < TOGETHER) continue;
      yield* this.#ask(asked, keys);
      asked = [];
    }
    if (asked.length > 0) yield* this.#ask(asked, keys);
    return keys;
  }

  /**
   * Those of the revisions that are neither stored nor, unless they are `needed`, removed as obsolete, in the order
   * given.
   */
  *missingRevisions(identities: readonly UpdateIdentity[], needed = false): SqlSteps<UpdateIdentity[]> {
    const missing: UpdateIdentity[] = [];
    for (let at = 0; at < identities.length; at += TOGETHER) {
      const some = identities.slice(at, at + TOGETHER);
      const keys = yield* this.findAll(some.map(({ updateId }) => updateId));
      const stored = yield* revisionsOf(this.#sql, 'revision', keys.values());
      if (!needed) for (const name of yield* revisionsOf(this.#sql, 'obsolete', keys.values())) stored.add(name);
      for (const identity of some)
        if (!stored.has(`${keys.get(identity.updateId)}.${identity.revisionNumber}`)) missing.push(identity);
      yield;
    }
    return missing;
  }

  /** The number of an id; `run` stores a new one. */
  *keyOf(updateId: string, run: Run): SqlSteps<number> {
    return (yield* this.find(updateId)) ?? (yield* this.add(updateId, run));
  }

  /** Gives a number to an id that has none. */
  *add(updateId: string, run: Run): SqlSteps<number> {
    this.#absent.delete(updateId);
    const key = this.#next ?? Number((yield* this.#sql.row('SELECT coalesce(max(id), 0) + 1 FROM identity'))?.[0]);
    this.#next = key + 1;
    this.#added += 1;
    run('insertIdentity', [key, guidToBytes(updateId)]);
    return this.#remember(updateId, key);
  }

  /** Forgets what a transaction that was rolled back had given. */
  reset(): void {
    this.#cache.clear();
    this.#next = undefined;
  }

  *#ask(updateIds: readonly string[], keys: Map<string, number>): SqlSteps<void> {
    const bytes = updateIds.map(guidToBytes);
    const added = this.#added;
    const found = new Map<string, number>();
    yield* this.#sql.eachRowIn('SELECT guid, id FROM identity WHERE guid IN (#)', bytes, ([guid, id]) =>
      found.set(Buffer.from(guid as Uint8Array).toString('latin1'), Number(id)),
    );
    if (this.#absent.size >= CACHE_LIMIT) this.#absent.clear();
    for (const [index, updateId] of updateIds.entries()) {
      const key = found.get(bytes[index]?.toString('latin1') ?? '');
      if (key !== undefined) keys.set(updateId, this.#remember(updateId, key));
      else if (added === this.#added && !this.#isShared) this.#absent.add(updateId);
    }
  }

  #remember(updateId: string, key: number): number {
    if (this.#cache.size >= CACHE_LIMIT) this.#cache.clear();
    this.#cache.set(updateId, key);
    return key;
  }
}

/** The revisions of updates in one of the two tables, each as `key.number`. */
export function* revisionsOf(sql: Sql, table: 'revision' | 'obsolete', keys: Iterable<number>): SqlSteps<Set<string>> {
  const found = new Set<string>();
  yield* sql.eachRowIn(`SELECT identity, number FROM ${table} WHERE identity IN (#)`, [...keys], ([key, number]) =>
    found.add(`${Number(key)}.${Number(number)}`),
  );
  return found;
}
