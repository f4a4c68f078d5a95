import type { ServerResponse } from 'node:http';

const MEBIBYTE = 1024 * 1024;
/** Bytes of answers that are not read yet, for one address and for all. */
const MOST = { address: 8 * MEBIBYTE, all: 32 * MEBIBYTE };

interface Unread {
  readonly address: string;
  readonly response: Pick<ServerResponse, 'once' | 'destroy'>;
  readonly bytes: number;
}

/** Answers that their readers have not taken yet. Where they are too much memory, the oldest are given up. */
export class UnreadAnswers {
  /** In the order in which they were given. */
  readonly #unread = new Set<Unread>();

  add(unread: Unread): void {
    this.#unread.add(unread);
    unread.response.once('close', () => this.#unread.delete(unread));
    this.#clear(
      [...this.#unread].filter(({ address }) => address === unread.address),
      MOST.address,
    );
    this.#clear([...this.#unread], MOST.all);
  }

  #clear(unread: readonly Unread[], most: number): void {
    let held = unread.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const one of unread.slice(0, -1)) {
      if (held <= most) return;
      held -= one.bytes;
      this.#unread.delete(one);
      one.response.destroy();
    }
  }
}
