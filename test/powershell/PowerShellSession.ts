import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { OutputUntilMark } from './OutputUntilMark.js';
import type { PowerShellEngine } from './powershellChoice.js';
import { fileArguments, withScriptFile } from './powershellProcess.js';
import { DEFAULT_TIMEOUT_MS, environmentWith, PowerShellRunError } from './powershellRun.js';
import type { PowerShellOptions, PowerShellRun } from './powershellRun.js';
import { repositoryRoot } from './repositoryRoot.js';

/** One PowerShell process that runs many scripts, each in a runspace and an environment of its own. */
export class PowerShellSession {
  readonly #folder = mkdtempSync(join(tmpdir(), 'configmgrsync-session-'));
  readonly #server: Server = createServer();
  readonly #requests: Promise<Socket>;
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<never>;
  readonly #stdout: OutputUntilMark;
  readonly #stderr: OutputUntilMark;
  #turn: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(engine: PowerShellEngine) {
    const address =
      process.platform === 'win32' ? `\\\\.\\pipe\\configmgrsync-${randomUUID()}` : join(this.#folder, 'requests');
    this.#requests = new Promise((resolve) =>
      // What is wrong the end of the process says, to the script that it ran.
      this.#server.once('connection', (socket) => resolve(socket.on('error', () => undefined))),
    );
    // Not by standard input, which the programs that a script starts would read.
    this.#server.listen(address).unref();
    const loop = join(repositoryRoot(), 'test', 'powershell', 'powershellSession.ps1');
    this.#child = spawn(engine.command, fileArguments(engine, loop, [address.replace('\\\\.\\pipe\\', '')]), {
      env: environmentWith({}),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    this.#stdout = new OutputUntilMark(this.#child.stdout);
    this.#stderr = new OutputUntilMark(this.#child.stderr);
    this.#ended = new Promise((_resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => {
        this.#isOver = true;
        reject(this.#failure(`The PowerShell session ended with exit code ${code ?? 'none'}.`));
      });
    });
    this.#ended.catch(() => undefined);
    this.#child.unref();
  }

  /** True when it can run nothing any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Runs a script after those before it. The exit code is 1 when an error ended the script, else 0. */
  run(script: string, options: PowerShellOptions = {}): Promise<PowerShellRun> {
    const run = this.#turn.then(() => withScriptFile(script, (file) => this.#runFile(file, options)));
    this.#turn = run.catch(() => undefined);
    return run;
  }

  /** Ends the process. */
  async close(): Promise<void> {
    await this.#turn;
    this.#server.close();
    if (!this.#isOver) {
      (await Promise.race([this.#requests, this.#ended])).destroy();
      await this.#ended.catch(() => undefined);
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #runFile(file: string, options: PowerShellOptions): Promise<PowerShellRun> {
    const mark = `end-of-script-${randomUUID()}`;
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    try {
      const requests = await Promise.race([this.#requests, this.#ended, this.#overdue(limit.signal)]);
      const ends = Promise.all([this.#stdout.until(mark), this.#stderr.until(mark)]);
      const { env, cwd = process.cwd() } = options;
      requests.unref().write(`${JSON.stringify({ mark, file, cwd, env: environmentWith(env) })}\n`);
      const [out, error] = await Promise.race([ends, this.#ended, this.#overdue(limit.signal)]);
      return { stdout: out.text, stderr: error.text, exitCode: out.code };
    } finally {
      clearTimeout(timer);
    }
  }

  #overdue(signal: AbortSignal): Promise<never> {
    return new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        this.#isOver = true;
        this.#child.kill('SIGKILL');
        reject(this.#failure('The script did not end in time.'));
      });
    });
  }

  #failure(what: string): PowerShellRunError {
    return new PowerShellRunError(`${what}\n${this.#stdout.text}\n${this.#stderr.text}`);
  }
}
