import type { EngineHost } from './createEngineHost.js';

/** Keeps the host alive while runs and what follows them are under way. */
export class KeepAlive {
  #host: EngineHost | undefined;
  #releases: ((() => void) | undefined)[] = [];

  get host(): EngineHost | undefined {
    return this.#host;
  }

  /** Something may be under way before the host is there. */
  set host(host: EngineHost | undefined) {
    this.#host = host;
    this.#releases = this.#releases.map((release) => release ?? host?.keepAlive());
  }

  /** Something began. */
  take(): void {
    this.#releases.push(this.#host?.keepAlive());
  }

  /** One of the things that began has ended. */
  release(): void {
    this.#releases.pop()?.();
  }

  /** Ends the engine in favour of a successor once nothing is in work. */
  yieldTo(successor: string): boolean {
    this.#host?.yieldTo(successor);
    return this.#host !== undefined;
  }
}
