import type { Server, Socket } from 'node:net';
import { plainFiles } from '../platform/files/folderFiles.js';
import { socketPath } from '../platform/pipeAddress.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import { EngineIdentity } from './EngineIdentity.js';
import { socketGenerations } from './enginePlace.js';
import type { EngineRecord } from './enginePlace.js';

/** What a lock consists of; `folder` is undefined on Windows. */
export interface EngineLockParts {
  readonly server: Server;
  readonly address: string;
  readonly generation: number;
  readonly folder: string | undefined;
  /** Gives up what is held beside the server. */
  readonly free?: () => void;
  /** On Windows: where sessions of version 0.1 come. */
  readonly earlier?: { readonly server?: Server | undefined; readonly remark?: string };
}

/** The right to be the engine of a site, for as long as the process lives or until `release()`. */
export class EngineLock {
  readonly server: Server;
  readonly address: string;
  /** The journal generation that belongs to this engine alone. */
  readonly generation: number;
  /** Made again at each start. */
  readonly identity = new EngineIdentity();
  /** What is to be said of the lock in the log. */
  readonly remarks: string[] = [];
  readonly #folder: string | undefined;
  readonly #free: (() => void) | undefined;
  readonly #servers: readonly Server[];
  #waiting: Socket[] = [];
  #handler: ((socket: Socket) => void) | undefined;

  constructor(parts: EngineLockParts) {
    this.server = parts.server;
    this.address = parts.address;
    this.generation = parts.generation;
    this.#folder = parts.folder;
    this.#free = parts.free;
    this.note(parts.earlier?.remark);
    const { server: earlier } = parts.earlier ?? {};
    this.#servers = earlier === undefined ? [parts.server] : [parts.server, earlier];
    for (const server of this.#servers) {
      server.on('connection', (socket) => this.#accept(socket));
      // A listening server that fails later has lost nothing but one connection.
      server.on('error', () => undefined);
    }
  }

  /** For relays of other sessions, and to name the process when it hangs. */
  get record(): EngineRecord {
    const { address, generation, identity } = this;
    return { processId: process.pid, address, generation, key: identity.publicKey };
  }

  /** Takes what the log shall say of it, if there is anything. */
  note(remark: string | undefined): void {
    if (remark !== undefined) this.remarks.push(remark);
  }

  /** Hands over connections, those too that came before the engine was ready. */
  onConnection(handler: (socket: Socket) => void): void {
    this.#handler = handler;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const socket of waiting) if (!socket.destroyed) handler(socket);
  }

  /** False when an engine with a higher number exists: then this one must not write. */
  verifyHighest(): boolean {
    if (this.#folder === undefined) return true;
    return socketGenerations(this.#folder)[0] === this.generation;
  }

  /** Gives the site up. */
  async release(): Promise<void> {
    const closed = Promise.all(
      this.#servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))),
    );
    if (this.#folder !== undefined) this.#clear(this.#folder);
    for (const socket of this.#waiting) socket.destroy();
    await closed;
    this.#free?.();
  }

  /** Takes its socket away, those of engines that were killed before it, and the folder when nobody else is in it. */
  #clear(folder: string): void {
    for (const generation of socketGenerations(folder))
      if (generation <= this.generation) plainFiles.rmSync(socketPath(folder, generation), { force: true });
    try {
      plainFiles.rmdirSync(folder);
    } catch (caught) {
      if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EBUSY'].includes(systemErrorCode(caught))) throw caught;
    }
  }

  #accept(socket: Socket): void {
    // A peer that vanishes while it waits is not a reason to fail.
    socket.on('error', () => undefined);
    if (this.#handler === undefined) this.#waiting.push(socket);
    else this.#handler(socket);
  }
}
