import type { UpdateIdentity } from '../../metadata/UpdateIdentity.js';
import type { Steps } from '../../platform/inTurns.js';
import type { SqlConnection } from './SqlConnection.js';
import type { StatementName, Value } from './statements.js';

/** A GUID as 16 bytes in the order of its text. */
function guidToBytes(guid: string): Uint8Array {
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

type RunStatement = (name: StatementName, values: readonly Value[]) => void;

/** Numbers for update ids: looked up, or given when an id is met for the first time. */
export class Identities {
  readonly #connection: SqlConnection;
  readonly #cache = new Map<string, number>();
  /** Ids that were looked up in vain: they are added soon, in most cases. */
  readonly #absent = new Set<string>();
  #next: number;

  constructor(connection: SqlConnection) {
    this.#connection = connection;
    this.#next = Number(connection.row('SELECT coalesce(max(id), 0) + 1 FROM identity')?.[0]);
  }

  find(updateId: string): number | undefined {
    const cached = this.#cache.get(updateId);
    if (cached !== undefined || this.#absent.has(updateId)) return cached;
    const found = this.#connection.row('SELECT id FROM identity WHERE guid = ?', [guidToBytes(updateId)])?.[0];
    if (found !== undefined) return this.#remember(updateId, Number(found));
    if (this.#absent.size >= CACHE_LIMIT) this.#absent.clear();
    this.#absent.add(updateId);
    return undefined;
  }

  /** The number of each id that the database has met. */
  *findAll(updateIds: readonly string[]): Steps<ReadonlyMap<string, number>> {
    const keys = new Map<string, number>();
    for (const updateId of updateIds) {
      const key = this.find(updateId);
      if (key !== undefined) keys.set(updateId, key);
      yield;
    }
    return keys;
  }

  /**
   * Those of the revisions that are neither stored nor, unless they are `needed`, removed as obsolete, in the order
   * given.
   */
  *missingRevisions(identities: readonly UpdateIdentity[], needed = false): Steps<UpdateIdentity[]> {
    const stored = (identity: UpdateIdentity): boolean => {
      const key = this.find(identity.updateId);
      return (
        key !== undefined &&
        (this.#isIn('revision', key, identity.revisionNumber) ||
          (!needed && this.#isIn('obsolete', key, identity.revisionNumber)))
      );
    };
    const missing: UpdateIdentity[] = [];
    for (const identity of identities) {
      if (!stored(identity)) missing.push(identity);
      yield;
    }
    return missing;
  }

  /** The number of an id; `run` stores a new one. */
  keyOf(updateId: string, run: RunStatement): number {
    return this.find(updateId) ?? this.add(updateId, run);
  }

  /** Gives a number to an id that has none. */
  add(updateId: string, run: RunStatement): number {
    this.#absent.delete(updateId);
    const key = this.#next;
    this.#next += 1;
    run('insertIdentity', [key, guidToBytes(updateId)]);
    return this.#remember(updateId, key);
  }

  /** Forgets what a transaction that was rolled back had given. */
  reset(): void {
    this.#cache.clear();
    this.#next = Number(this.#connection.row('SELECT coalesce(max(id), 0) + 1 FROM identity')?.[0]);
  }

  #isIn(table: 'revision' | 'obsolete', key: number, revisionNumber: number): boolean {
    return (
      this.#connection.row(`SELECT 1 FROM ${table} WHERE identity = ? AND number = ?`, [key, revisionNumber]) !==
      undefined
    );
  }

  #remember(updateId: string, key: number): number {
    if (this.#cache.size >= CACHE_LIMIT) this.#cache.clear();
    this.#cache.set(updateId, key);
    return key;
  }
}
