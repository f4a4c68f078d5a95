/** A signal that fires when the caller cancels or the time is over, and knows which of the two it was. */
export class Deadline {
  readonly #outer: AbortSignal;
  expired = false;
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #cancel = (): void => this.#controller.abort();

  constructor(outer: AbortSignal, milliseconds: number) {
    this.#outer = outer;
    this.#timer = setTimeout(() => this.#expire(), milliseconds);
    if (outer.aborted) this.#cancel();
    else outer.addEventListener('abort', this.#cancel, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Must be called when the work is over, else the timer and the listener live on. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#outer.removeEventListener('abort', this.#cancel);
  }

  #expire(): void {
    this.expired = true;
    this.#controller.abort();
  }
}
