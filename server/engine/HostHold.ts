import type { EngineHost } from '../rpc/createEngineHost.js';

/** Keeps the host alive while a run is under way. */
export class HostHold {
  host: EngineHost | undefined;
  #release: (() => void) | undefined;

  /** A run began. */
  take(): void {
    this.#release ??= this.host?.keepAlive();
  }

  /** The run has ended. */
  release(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Ends the engine in favour of a successor once nothing is in work. */
  yieldTo(successor: string): boolean {
    this.host?.yieldTo(successor);
    return this.host !== undefined;
  }
}
