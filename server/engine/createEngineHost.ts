import type { Socket } from 'node:net';
import type { Clock } from '../platform/Clock.js';
import { type EngineHostOptions, HostConnection, type HostShared } from './HostConnection.js';

/** Counts what keeps the engine alive and calls back when nothing has for the idle time. */
class IdleWatch {
  readonly #clock: Clock;
  readonly #milliseconds: number;
  readonly #onIdle: () => void;
  #held = 0;
  #cancel: (() => void) | undefined;

  constructor(options: { clock: Clock; idleSeconds: number; onIdle: () => void }) {
    this.#clock = options.clock;
    this.#milliseconds = options.idleSeconds * 1000;
    this.#onIdle = options.onIdle;
    this.#arm();
  }

  /** Keeps the engine alive until the result is called. */
  hold(): () => void {
    this.#held += 1;
    this.#disarm();
    let active = true;
    return () => {
      if (!active) return;
      active = false;
      this.#held -= 1;
      if (this.#held === 0) this.#arm();
    };
  }

  /** Ends the watch. */
  stop(): void {
    this.#held = Number.POSITIVE_INFINITY;
    this.#disarm();
  }

  #arm(): void {
    // The engine of a service is never idle, and a timer would take infinity for nothing.
    if (!Number.isFinite(this.#milliseconds)) return;
    this.#cancel = this.#clock.after(this.#milliseconds, this.#onIdle);
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}

/** The running host. After `ended` the engine closes its store, then releases the lock. */
export interface EngineHost {
  /** Resolves with the reason when the engine shall end: idle, yielding to a newer module, or stopped. */
  readonly ended: Promise<string>;
  /** Keeps the engine alive, for a run or a listener; the result takes it back. */
  keepAlive(): () => void;
  /** Ends the engine as soon as no run and no request is in work. */
  yieldTo(successor: string): void;
  /** Answers what is in work, then closes every connection. */
  stop(reason: string): Promise<void>;
}

/** How the reason of an engine begins that ends in favour of another one. */
export const YIELDING = 'yields to';

/** Answers the connections of a site's pipe with the engine's service. */
export function createEngineHost(options: EngineHostOptions): EngineHost {
  return new Host(options);
}

class Host implements EngineHost, HostShared {
  readonly ended: Promise<string>;
  readonly options: EngineHostOptions;
  readonly #idle: IdleWatch;
  readonly #connections = new Set<HostConnection>();
  #end: (reason: string) => void = () => undefined;
  #runs = 0;
  #requests = 0;
  #successor: string | undefined;
  #stopping = false;

  constructor(options: EngineHostOptions) {
    this.options = options;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    this.#idle = new IdleWatch({
      clock: options.clock,
      idleSeconds: options.idleSeconds,
      onIdle: () => void this.stop(`idle for ${options.idleSeconds} seconds`),
    });
    options.lock.onConnection((socket) => this.#accept(socket));
  }

  keepAlive(): () => void {
    this.#runs += 1;
    const release = this.#idle.hold();
    return once(() => {
      this.#runs -= 1;
      release();
      this.#endWhenYielding();
    });
  }

  async stop(reason: string): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    this.#idle.stop();
    await Promise.all([...this.#connections].map((connection) => connection.drain()));
    this.#end(reason);
  }

  busyBeyond(requests: number): boolean {
    return this.#runs > 0 || this.#requests > requests;
  }

  requestStarted(): () => void {
    this.#requests += 1;
    return once(() => {
      this.#requests -= 1;
      this.#endWhenYielding();
    });
  }

  yieldTo(successor: string): void {
    this.#successor = successor;
    this.#endWhenYielding();
  }

  superseded(): void {
    // After the answer that says so.
    setImmediate(() => void this.stop('another engine has taken over'));
  }

  #endWhenYielding(): void {
    if (this.#successor === undefined || this.busyBeyond(0)) return;
    void this.stop(`${YIELDING} ${this.#successor}`);
  }

  #accept(socket: Socket): void {
    // Closed at once, so that the relay tries again until the next engine is there.
    if (this.#stopping) return void socket.destroy();
    const release = this.#idle.hold();
    const connection = new HostConnection(socket, this);
    this.#connections.add(connection);
    connection.onEnd(() => {
      this.#connections.delete(connection);
      release();
    });
  }
}

function once(action: () => void): () => void {
  let open = true;
  return () => {
    if (!open) return;
    open = false;
    action();
  };
}
