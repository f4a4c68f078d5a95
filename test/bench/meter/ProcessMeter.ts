import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { BenchFailure } from '../product/BenchFailure.js';
import { ENDINGS_VARIABLE, METER_VARIABLE, type ProcessUsage } from './ProcessUsage.js';

/** Processor time of all processes of a product together, and what each has used. */
export interface MeterReading {
  readonly processorMs: number;
  readonly peakBytes: number;
  readonly processes: readonly ProcessUsage[];
}

/** One process that runs. */
interface Probe {
  readonly socket: Socket;
  readonly file: string;
  usage: ProcessUsage;
  /** Called with each answer, and at the end. */
  heard: () => void;
}

const LONGEST_END_MS = 60_000;
let meters = 0;

/** Measures every Node.js process that is started with its environment, whoever starts it, also after its end. */
export class ProcessMeter {
  readonly #server: Server;
  readonly #address: string;
  readonly #endings: string;
  /** Connections of processes that run; those that have not said yet who they are have none. */
  readonly #running = new Set<Probe>();
  readonly #sockets = new Set<Socket>();
  /** Processes that were ended by force could leave nothing behind. */
  readonly #killed: ProcessUsage[] = [];
  #changed: () => void = () => undefined;
  #isEnding = false;

  private constructor(server: Server, place: { address: string; endings: string }) {
    this.#server = server;
    this.#address = place.address;
    this.#endings = place.endings;
    server.on('connection', (socket) => this.#met(socket));
  }

  /** Opens one whose files lie in a folder. */
  static async open(folder: string): Promise<ProcessMeter> {
    const endings = path.join(folder, 'endings');
    mkdirSync(endings, { recursive: true });
    const name = `configmgrsync-bench-${process.pid}-${(meters += 1)}`;
    const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(folder, 'meter.sock');
    const server = createServer().listen(address);
    await once(server, 'listening');
    return new ProcessMeter(server, { address, endings });
  }

  /** The variables that make a process, and those it starts, measured. */
  get variables(): NodeJS.ProcessEnv {
    const probe = new URL('probe.js', import.meta.url).href;
    const given = process.env['NODE_OPTIONS'] ?? '';
    return {
      NODE_OPTIONS: `${given} --import=${probe}`.trim(),
      [METER_VARIABLE]: this.#address,
      [ENDINGS_VARIABLE]: this.#endings,
    };
  }

  /** What all processes so far have used. */
  async read(): Promise<MeterReading> {
    await Promise.all([...this.#running].map(async (probe) => ask(probe)));
    const files = readdirSync(this.#endings).filter((name) => name.endsWith('.json'));
    const ended = files.map((name) => readUsage(path.join(this.#endings, name)));
    const running = [...this.#running].filter((probe) => !existsSync(probe.file)).map((probe) => probe.usage);
    const processes = [...ended, ...this.#killed, ...running];
    return {
      processes,
      processorMs: processes.reduce((sum, usage) => sum + usage.processorMs, 0),
      peakBytes: Math.max(0, ...processes.map((usage) => usage.peakBytes)),
    };
  }

  /** Fulfilled when no process is left. @throws BenchFailure when one does not end */
  async allEnded(): Promise<void> {
    const limit = AbortSignal.timeout(LONGEST_END_MS);
    while (this.#sockets.size > 0) {
      if (limit.aborted)
        throw new BenchFailure(`these do not end: ${[...this.#running].map(({ usage }) => usage.words[0]).join(', ')}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
        limit.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** Ends whatever still runs. */
  async endAll(): Promise<void> {
    this.#isEnding = true;
    for (const probe of this.#running) kill(probe);
    await this.allEnded();
  }

  /** Measures no more. */
  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    // One that arrives while it closes would keep it open.
    this.#server.on('connection', (socket) => socket.destroy());
    const closed = once(this.#server, 'close');
    this.#server.close();
    await closed;
  }

  #met(socket: Socket): void {
    let probe: Probe | undefined;
    this.#sockets.add(socket);
    const lines = createInterface({ input: socket });
    lines.on('line', (line) => {
      const { file, ...usage } = JSON.parse(line) as ProcessUsage & { readonly file?: string };
      if (file !== undefined) probe = this.#greeted({ socket, file, usage, heard: () => undefined });
      if (probe === undefined) return;
      probe.usage = usage;
      probe.heard();
    });
    // A process that ends may break its connection; what counts is that it closes.
    for (const stream of [socket, lines]) stream.on('error', () => undefined);
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (probe !== undefined) this.#ended(probe);
      this.#changed();
    });
  }

  #greeted(probe: Probe): Probe {
    this.#running.add(probe);
    if (this.#isEnding) kill(probe);
    return probe;
  }

  #ended(probe: Probe): void {
    this.#running.delete(probe);
    if (!existsSync(probe.file)) this.#killed.push(probe.usage);
    probe.heard();
  }
}

function kill({ usage }: Probe): void {
  try {
    process.kill(usage.processId, 'SIGKILL');
  } catch (error) {
    // It ended by itself in this moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ask(probe: Probe): Promise<void> {
  await new Promise<void>((resolve) => {
    probe.heard = resolve;
    probe.socket.write('usage\n');
  });
}

function readUsage(file: string): ProcessUsage {
  return JSON.parse(readFileSync(file, 'utf8')) as ProcessUsage;
}
