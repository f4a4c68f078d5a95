import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Acknowledged } from './history.js';

const PROGRAM = fileURLToPath(new URL('serverProcess.js', import.meta.url));
/** Short, so that a round is: in ms. */
const TIMING = { length: 1000, beat: 200 };

/** One server in a process of its own. */
export class Server {
  engine = '';
  isOwner = false;
  readonly #process: ChildProcess;
  readonly #acknowledged: Acknowledged[];
  readonly #onChange: () => void;

  constructor(address: string, id: string, to: { acknowledged: Acknowledged[]; onChange: () => void }) {
    const args = [PROGRAM, address, id, String(TIMING.length), String(TIMING.beat)];
    this.#process = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#acknowledged = to.acknowledged;
    this.#onChange = to.onChange;
    if (this.#process.stdout !== null)
      createInterface(this.#process.stdout).on('line', (line) => this.#read(line.split(' ')));
  }

  /** Sends it a signal; a process that is killed has ended afterwards. */
  async signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = signal === 'SIGKILL' ? once(this.#process, 'exit') : Promise.resolve();
    this.#process.kill(signal);
    await ended;
  }

  /** Sets its clock. */
  jump(milliseconds: number): void {
    this.#process.stdin?.write(`${milliseconds}\n`);
  }

  #read([word, value = '']: readonly string[]): void {
    if (word === 'engine') this.engine = value;
    else if (word === 'ack') this.#acknowledged.push({ engine: this.engine, number: Number(value) });
    else this.isOwner = word === 'own';
    this.#onChange();
  }
}

/** Servers that share a database, and what they were told is durable. */
export class Servers {
  readonly acknowledged: Acknowledged[] = [];
  readonly #address: string;
  readonly #servers = new Map<string, Server>();
  readonly #waiting = new Set<() => void>();

  constructor(address: string) {
    this.#address = address;
  }

  get all(): readonly Server[] {
    return [...this.#servers.values()];
  }

  /** Starts a server, also in the place of one that was killed. */
  start(id: string): Server {
    const server = new Server(this.#address, id, {
      acknowledged: this.acknowledged,
      onChange: () => {
        for (const look of this.#waiting) look();
      },
    });
    this.#servers.set(id, server);
    return server;
  }

  idOf(server: Server): string {
    return [...this.#servers].find(([, one]) => one === server)?.[0] ?? '';
  }

  /** Fulfilled once that is so. */
  async until(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  /** The server to which a further write is acknowledged, of those that are asked about. */
  async writes(may: (server: Server) => boolean = () => true): Promise<Server> {
    const from = this.acknowledged.length;
    const writer = (): Server | undefined => {
      const engines = new Set(this.acknowledged.slice(from).map(({ engine }) => engine));
      return this.all.find((server) => engines.has(server.engine) && may(server));
    };
    await this.until(() => writer() !== undefined);
    return writer() as Server;
  }

  async end(): Promise<void> {
    await Promise.all(this.all.map(async (server) => server.signal('SIGKILL')));
  }
}
