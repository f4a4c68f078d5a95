import type { Socket } from 'node:net';
import type { ContractRange } from '../contract/versions.js';
import type { Clock } from '../platform/Clock.js';
import type { SiteFolder } from '../site/SiteFolder.js';
import type { EngineLock } from './EngineLock.js';
import type { EngineService } from './EngineService.js';
import { HostConnection } from './HostConnection.js';
import type { HostShared } from './HostConnection.js';
import { IdleWatch } from './IdleWatch.js';

/** What the host of an engine is made of. */
export interface EngineHostOptions {
  readonly site: SiteFolder;
  readonly service: EngineService;
  readonly lock: EngineLock;
  readonly clock: Clock;
  readonly idleSeconds: number;
  readonly log: (line: string) => void;
  readonly version: string;
  /** The versions of the contract that it speaks; those of this code if not given. */
  readonly contract?: ContractRange;
  /** Throws StoreSuperseded when another engine has taken the site over: then not even a question is answered. */
  readonly verifyCurrent?: () => void;
  /** Tells whether the engine ends in favour of a peer of that version; a newer one if not given. */
  readonly yieldsTo?: (version: string) => boolean;
  /** Time a peer has to prove itself. */
  readonly handshakeSeconds?: number;
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
export const yielding = 'yields to';

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
    void this.stop(`${yielding} ${this.#successor}`);
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
