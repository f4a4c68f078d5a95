import { realFiles, type StoreFiles } from '../../server/store/StoreFiles.js';

/** The real file system that fails at the n-th call: from then on (`kill`), or only then (`once`). */
export class FailingFiles {
  calls = 0;
  #failAt = Number.POSITIVE_INFINITY;
  #kind: 'kill' | 'once' = 'once';
  readonly files: StoreFiles;

  constructor() {
    this.files = new Proxy(realFiles, { get: (target, name) => this.#wrap(Reflect.get(target, name) as (...values: unknown[]) => unknown) });
  }

  /** The n-th call from now fails, counted from 1. */
  failAt(n: number, kind: 'kill' | 'once'): void {
    this.#failAt = this.calls + n;
    this.#kind = kind;
  }

  /** Tells whether the failing call was reached. */
  get hasFailed(): boolean {
    return this.calls >= this.#failAt;
  }

  #wrap(call: (...values: unknown[]) => unknown): (...values: unknown[]) => unknown {
    return (...values) => {
      this.calls += 1;
      if (this.calls === this.#failAt || (this.#kind === 'kill' && this.calls > this.#failAt)) throw new Error('EIO: injected');
      return call.apply(realFiles, values);
    };
  }
}
