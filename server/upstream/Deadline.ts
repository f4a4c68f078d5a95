/** A signal that fires when the caller cancels or the time is over, and knows which of the two it was. */
export class Deadline {
  expired = false;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly cancel = (): void => this.controller.abort();

  constructor(
    private readonly outer: AbortSignal,
    milliseconds: number,
  ) {
    this.timer = setTimeout(() => this.expire(), milliseconds);
    if (outer.aborted) this.cancel();
    else outer.addEventListener('abort', this.cancel, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Must be called when the work is over, else the timer and the listener live on. */
  clear(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener('abort', this.cancel);
  }

  private expire(): void {
    this.expired = true;
    this.controller.abort();
  }
}
