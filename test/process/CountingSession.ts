import { randomUUID } from 'node:crypto';
import type { Session } from './Session.js';

/** A session that changes the site all the time: it counts up in the name of a pending product. */
export class CountingSession {
  readonly #session: Session;
  readonly #prefix: string;
  readonly #onAcknowledged: () => void;
  #sent = 0;
  #acknowledged = 0;
  #stopped = false;
  readonly ended: Promise<void>;

  constructor(session: Session, number: number, onAcknowledged: () => void) {
    this.#session = session;
    this.#prefix = `Product of session ${number} `;
    this.#onAcknowledged = onAcknowledged;
    this.ended = this.#work();
    // Looked at when the test ends.
    this.ended.catch(() => undefined);
  }

  /** How many changes the engine has acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /**
   * A check that the state read next must pass: nothing acknowledged until now is missing, nothing is there that was
   * not sent.
   */
  expectation(): (pending: readonly string[]) => string | undefined {
    const least = this.#acknowledged;
    return (pending) => {
      const found = pending
        .filter((name) => name.startsWith(`Product:${this.#prefix}`))
        .map((name) => Number(name.split(' ').at(-1)));
      const [value = 0] = found;
      return found.length <= 1 && value >= least && value <= this.#sent
        ? undefined
        : `${this.#prefix}acknowledged ${least}, sent ${this.#sent}, found ${found.join(' and ')}`;
    };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.ended;
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      this.#sent += 1;
      const removeProduct = this.#sent === 1 ? [] : [`${this.#prefix}${this.#sent - 1}`];
      await this.#session.request('component/set', {
        requestId: randomUUID(),
        addProduct: [`${this.#prefix}${this.#sent}`],
        removeProduct,
        allowPending: true,
      });
      this.#acknowledged = this.#sent;
      this.#onAcknowledged();
      for (let read = 0; read < 4; read += 1) await this.#session.request('status/get', {});
    }
  }
}
