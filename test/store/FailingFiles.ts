import path from 'node:path';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';

/**
 * How the n-th call fails: `kill`: it and every later one does; `after`: it is done, every later one fails; `once`: it
 * alone;
 * `burst`: it and the three after it; `short`: a write takes half of its bytes and says so; `torn`: a write takes half
 * of its bytes and fails.
 */
export type FaultKind = 'kill' | 'after' | 'once' | 'burst' | 'short' | 'torn';

export const FAULT_KINDS: readonly FaultKind[] = ['kill', 'after', 'once', 'burst', 'short', 'torn'];

type Call = (...values: unknown[]) => unknown;
const SYNCS: Readonly<Record<string, Call>> = {
  fsyncSync: () => undefined,
  fdatasyncSync: () => undefined,
  fsync: (_descriptor, done) => (done as (error: null) => void)(null),
  fdatasync: (_descriptor, done) => (done as (error: null) => void)(null),
};
const WRITES: ReadonlySet<string> = new Set(['write', 'writeSync']);

/**
 * The real file system that fails at the n-th call. Its syncs do nothing: what a test kills is the engine, not the
 * machine.
 */
export class FailingFiles {
  calls = 0;
  /** Takes what each call was, where it is given: its name and the last file that was named, without numbers. */
  made: string[] | undefined;
  #about = '';
  /** Every write and every new file fails as on a full disk. */
  isFull = false;
  /** Paths of which opening fails with this code. */
  refuse: { readonly code: string; readonly path: RegExp } | undefined;
  #failAt = Number.POSITIVE_INFINITY;
  #kind: FaultKind = 'once';
  readonly files: StoreFiles;

  constructor() {
    this.files = new Proxy(realFiles, {
      get: (target, name) => this.#wrap(String(name), SYNCS[String(name)] ?? (Reflect.get(target, name) as Call)),
    });
  }

  /** The n-th call from now fails, counted from 1. */
  failAt(n: number, kind: FaultKind): void {
    this.#failAt = this.calls + n;
    this.#kind = kind;
  }

  /** Tells whether the failing call was reached. */
  get hasFailed(): boolean {
    return this.calls >= this.#failAt;
  }

  #wrap(name: string, call: Call): Call {
    return (...values) => {
      this.calls += 1;
      if (typeof values[0] === 'string') this.#about = path.basename(values[0]).replace(/\d+/g, '#');
      this.made?.push(`${name} ${this.#about}`);
      this.#refuseWhereAsked(name, values);
      const since = this.calls - this.#failAt;
      if (since > 0 && (this.#kind === 'kill' || this.#kind === 'after' || (this.#kind === 'burst' && since < 4)))
        throw new Error('EIO: injected');
      return since === 0 && this.#kind !== 'after' ? this.#fail(name, call, values) : call.apply(realFiles, values);
    };
  }

  #fail(name: string, call: Call, values: unknown[]): unknown {
    const isWrite = WRITES.has(name);
    if (!isWrite && this.#kind === 'short') return call.apply(realFiles, values);
    if (!isWrite || (this.#kind !== 'short' && this.#kind !== 'torn')) throw new Error('EIO: injected');
    const half = [...values];
    half[3] = Math.floor(Number(values[3]) / 2);
    if (this.#kind === 'short') return call.apply(realFiles, half);
    realFiles.writeSync(Number(half[0]), half[1] as Uint8Array, Number(half[2]), Number(half[3]), Number(half[4]));
    throw new Error('ENOSPC: injected');
  }

  #refuseWhereAsked(name: string, values: unknown[]): void {
    if (this.isFull && (WRITES.has(name) || name === 'mkdirSync' || (name === 'openSync' && values[1] === 'wx+')))
      throw new Error('ENOSPC: no space left on device');
    if (
      this.refuse?.path.test(String(values[0])) === true &&
      (name === 'openSync' || name === 'readFileSync' || name === 'readdirSync')
    )
      throw new Error(`${this.refuse.code}: injected`);
  }
}

/** The real file system without its syncs: what these tests end is the engine, never the machine. */
export const unsyncedFiles: StoreFiles = new FailingFiles().files;
