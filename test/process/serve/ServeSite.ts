import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HeartbeatRecord } from '../../../server/site/heartbeatFile.js';
import { runVerb, type VerbEnd } from '../../cli/runVerb.js';
import { killIfThere } from '../../fixtures/killIfThere.js';

const main = fileURLToPath(new URL('../../../server/main.js', import.meta.url));

/** The account that a process runs under, and what is added to its environment. */
export interface ServeOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A site in a scratch folder, real processes on it, and a `logger` on the path that notes what the system is told. */
export class ServeSite {
  readonly home = mkdtempSync(join(tmpdir(), 'cms-serve-'));
  readonly path = join(this.home, 'ABC');
  readonly env: NodeJS.ProcessEnv;
  readonly #children: ChildProcess[] = [];

  constructor() {
    const tools = join(this.home, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'logger'), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${join(this.home, 'syslog')}'\n`);
    chmodSync(join(tools, 'logger'), 0o755);
    chmodSync(this.home, 0o755);
    this.env = {
      ...process.env,
      PATH: `${tools}${delimiter}${process.env['PATH'] ?? ''}`,
      CONFIGMGRSYNC_HOME: this.home,
      CONFIGMGRSYNC_SITE: this.path,
    };
  }

  /** What the system was told, line by line. */
  get told(): readonly string[] {
    const file = join(this.home, 'syslog');
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter((line) => line !== '')
      : [];
  }

  get heartbeat(): HeartbeatRecord {
    return JSON.parse(readFileSync(join(this.path, 'heartbeat.json'), 'utf8')) as HeartbeatRecord;
  }

  get log(): string {
    return readFileSync(join(this.path, 'Logs', 'engine.log'), 'utf8');
  }

  /** A verb of the command line, to its end, inside this process. */
  async run(...args: string[]): Promise<VerbEnd> {
    return runVerb(args, this.env);
  }

  /** The JSON that a verb prints. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, out, err } = await this.run(...args, '--json');
    if (code !== 0) throw new TypeError(`${args.join(' ')} ended with ${code}: ${err}`);
    return JSON.parse(out) as T;
  }

  start(args: readonly string[], { env = {}, ...account }: ServeOptions = {}): ChildProcess {
    const child = spawn(process.execPath, [main, ...args], { env: { ...this.env, ...env }, stdio: 'pipe', ...account });
    this.#children.push(child);
    return child;
  }

  /** `serve` in a process of its own, once its log says so. */
  async serve(options: ServeOptions = {}): Promise<ChildProcess> {
    const child = this.start(['serve'], options);
    await this.said(child, 'as a service');
    return child;
  }

  /** Waits until a process has written a text to standard error. */
  async said(child: ChildProcess, words: string): Promise<string> {
    let said = '';
    return new Promise((resolve, reject) => {
      child.stderr!.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes(words)) resolve(said);
      });
      child.once('exit', (code, signal) =>
        reject(new Error(`ended with ${signal ?? String(code)} before it said "${words}": ${said}`)),
      );
    });
  }

  get #sockets(): string | undefined {
    const note = join(this.path, 'engine.json');
    if (!existsSync(note)) return undefined;
    const folder = dirname((JSON.parse(readFileSync(note, 'utf8')) as { address: string }).address);
    return /cms-\d+-[\da-f]{12}$/.test(folder) ? folder : undefined;
  }

  remove(): void {
    for (const child of this.#children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    // An engine that was started on demand.
    if (existsSync(join(this.path, 'heartbeat.json')) && !['Ended', 'Restarting'].includes(this.heartbeat.state))
      killIfThere(this.heartbeat.processId);
    const sockets = this.#sockets;
    if (sockets !== undefined) rmSync(sockets, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Sends a signal and gives the exit code. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exit)[0];
}
