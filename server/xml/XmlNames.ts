import { CLASS, NAME as NAME_BYTE } from './bytes.js';

const TABLE_SIZE = 1024;
const NAME = /^[\p{L}_][\p{L}\p{N}_.\-\u00b7]*(:[\p{L}_][\p{L}\p{N}_.\-\u00b7]*)?$/u;

interface Name {
  readonly bytes: Buffer;
  readonly prefix: string;
  readonly local: string;
}

/** Names a table takes before a new one is begun: real documents use a few hundred, hostile ones any number. */
const LIMIT = 4096;

/** Names of one hash value: real ones are a few, more are made to slow the reader down. */
const BUCKET_LIMIT = 64;

let shared: XmlNames | undefined;

/** The table that the next document is read with: names are the same in nearly all documents. */
export function sharedNames(): XmlNames {
  if (shared === undefined || shared.size > LIMIT) shared = new XmlNames();
  return shared;
}

/** Qualified names, each made a string once and known by a small number. */
export class XmlNames {
  readonly #names: Name[] = [];
  readonly #buckets: (number[] | undefined)[] = new Array<number[] | undefined>(TABLE_SIZE);
  /** What came after each name the last time, at its number plus one; nothing has come before the first. */
  readonly #followers: number[] = [-1];
  #last = -1;

  get size(): number {
    return this.#names.length;
  }

  /**
   * Number of the name that begins at `start` when it is the one that followed the last name before, else -1.
   * Documents repeat themselves: nearly every name is found so, without a hash.
   */
  expected(bytes: Buffer, start: number): number {
    const index = this.#followers[this.#last + 1] ?? -1;
    const known = this.#names[index]?.bytes;
    if (known === undefined || !sameBytes(known, bytes, start) || CLASS[bytes[start + known.length] ?? 0] === NAME_BYTE)
      return -1;
    this.#last = index;
    return index;
  }

  /** Bytes of a name. */
  lengthOf(index: number): number {
    return this.#names[index]?.bytes.length ?? 0;
  }

  /** Number of the name at [start, end), or -1 when it is not a qualified name. */
  intern(bytes: Buffer, start: number, end: number): number {
    const index = this.#find(bytes, start, end);
    if (index >= 0) {
      this.#followers[this.#last + 1] = index;
      this.#last = index;
    }
    return index;
  }

  #find(bytes: Buffer, start: number, end: number): number {
    let hash = end - start;
    for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] as number)) | 0;
    const slot = hash & (TABLE_SIZE - 1);
    const bucket = (this.#buckets[slot] ??= []);
    for (const index of bucket) {
      const known = this.#names[index]?.bytes;
      if (known?.length === end - start && sameBytes(known, bytes, start)) return index;
    }
    return this.#add(bucket, Buffer.from(bytes.subarray(start, end)));
  }

  /** Whether the name is this local name without a prefix. */
  isPlain(index: number, local: string): boolean {
    const name = this.#names[index];
    return name?.local === local && name.prefix === '';
  }

  localOf(index: number): string {
    return this.#names[index]?.local ?? '';
  }

  prefixOf(index: number): string {
    return this.#names[index]?.prefix ?? '';
  }

  /** `xmlns` or `xmlns:prefix`. */
  isNamespaceDeclaration(index: number): boolean {
    const name = this.#names[index];
    return name !== undefined && (name.prefix === 'xmlns' || (name.prefix === '' && name.local === 'xmlns'));
  }

  /** Position behind the name when it stands at `start` and ends there, else -1. */
  matchesAt(index: number, bytes: Buffer, start: number): number {
    const known = this.#names[index]?.bytes;
    if (known === undefined || !sameBytes(known, bytes, start)) return -1;
    const after = bytes[start + known.length];
    return after === 0x3e || after === 0x20 || after === 0x09 || after === 0x0a || after === 0x0d
      ? start + known.length
      : -1;
  }

  #add(bucket: number[], bytes: Buffer): number {
    const text = bytes.toString('utf8');
    if (!NAME.test(text)) return -1;
    if (bucket.length >= BUCKET_LIMIT) {
      shared = undefined;
      return -1;
    }
    const colon = text.indexOf(':');
    this.#followers.push(-1);
    this.#names.push({ bytes, prefix: colon < 0 ? '' : text.slice(0, colon), local: text.slice(colon + 1) });
    bucket.push(this.#names.length - 1);
    return this.#names.length - 1;
  }
}

function sameBytes(known: Buffer, bytes: Buffer, start: number): boolean {
  for (let i = 0; i < known.length; i += 1) if (known[i] !== bytes[start + i]) return false;
  return true;
}
