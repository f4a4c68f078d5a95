import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { Clock } from './Clock.js';
import { OutputLines } from './OutputLines.js';
import { consoleText } from './consoleText.js';
import type { OutputLimits } from './OutputLines.js';
import { systemErrorCode } from './systemErrorCode.js';
import { programPath } from './trustedEnvironment.js';
import { systemProgram, withoutModulePath } from './windowsScript.js';

/** What ends a process with its children on Windows; elsewhere its process group gets a signal. */
export function treeEndCommand(system: HookSystem, processId: number): HookCommand | undefined {
  if (system.platform !== 'win32') return undefined;
  return {
    program: systemProgram('taskkill.exe', system.env),
    args: ['/pid', String(processId), '/t', '/f'],
  };
}

/**
 * Ends a process that was started as a group of its own, and everything it started. One that is gone already is no
 * failure.
 */
function endProcessTree(processId: number, system: HookSystem, onFailure: (reason: string) => void): void {
  const command = treeEndCommand(system, processId);
  if (command !== undefined) {
    spawn(command.program, [...command.args], { stdio: 'ignore', windowsHide: true }).on('error', (error) =>
      onFailure(error.message),
    );
    return;
  }
  try {
    process.kill(-processId, 'SIGKILL');
  } catch (caught) {
    if (systemErrorCode(caught) !== 'ESRCH') onFailure(systemErrorCode(caught));
  }
}

/** The system a hook runs on. */
export interface HookSystem {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** On Windows: what the output of programs is read by that is no UTF-8. */
  readonly codePage?: number | undefined;
}

/** A program and its arguments, started without a shell. */
interface HookCommand {
  readonly program: string;
  readonly args: readonly string[];
}

const STARTED_BY_WINDOWS: ReadonlySet<string> = new Set(['.exe', '.com', '.ps1']);

/**
 * What is started for a hook: a PowerShell script in its engine, anything else itself. The execution policy stays the
 * machine's.
 */
export function hookCommand(system: HookSystem, command: string, args: readonly string[]): HookCommand {
  if (!/\.ps1$/i.test(command)) return { program: command, args };
  const powershell =
    system.platform === 'win32' ? systemProgram('WindowsPowerShell\\v1.0\\powershell.exe', system.env) : 'pwsh';
  return { program: powershell, args: ['-NoProfile', '-NonInteractive', '-File', command, ...args] };
}

/** Why a path cannot be a hook whatever stands there, or undefined. */
export function hookRefusal(platform: NodeJS.Platform, command: string): string | undefined {
  if (platform !== 'win32') return posix.isAbsolute(command) ? undefined : 'it is not an absolute path';
  // \tools\x.exe counts as absolute in Node.js, but belongs to whatever drive is the current one.
  if (!/^(?:[a-z]:[\\/]|\\\\)/i.test(command)) return 'it is not an absolute path';
  const extension = win32.extname(command).toLowerCase();
  if (extension === '.cmd' || extension === '.bat')
    return (
      'cmd.exe reads the arguments of a batch file a second time; call it from a .ps1 script or name the ' +
      'program itself'
    );
  return STARTED_BY_WINDOWS.has(extension)
    ? undefined
    : 'Windows starts only .exe, .com and .ps1 files without a shell';
}

/**
 * @throws SyncError AfterSyncCommandInvalid when the path is not absolute, no file, or nothing this system can start
 */
export async function checkHookFile(command: string, platform: NodeJS.Platform = process.platform): Promise<void> {
  const reason = hookRefusal(platform, command) ?? (await fileProblem(command, platform));
  if (reason !== undefined) throw new SyncError('AfterSyncCommandInvalid', { command, reason });
}

async function fileProblem(command: string, platform: NodeJS.Platform): Promise<string | undefined> {
  try {
    if (!(await stat(command)).isFile()) return 'it is not a file';
    await access(command, platform === 'win32' || /\.ps1$/i.test(command) ? constants.R_OK : constants.X_OK);
    return undefined;
  } catch (caught) {
    return reasonOf(caught);
  }
}

/** What a hook is given and how far it may go. `input` is written to its stdin, `seconds` is its time. */
export interface HookOptions {
  readonly command: HookCommand;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly input: string;
  readonly seconds: number;
  readonly output: OutputLimits;
  readonly system: HookSystem;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** Time in which a hook that has ended, or was told to, must let go of its output. */
const GRACE_SECONDS = 5;

/**
 * Runs a hook to its end or its limits and never rejects: '' when it succeeded, else what to say of it. What it leaves
 * behind
 * that holds its output is not waited for.
 */
export async function runHook(options: HookOptions): Promise<string> {
  const { command, folder, environment, system, signal } = options;
  if (signal.aborted) return 'was not started because the engine ends';
  try {
    const child = spawn(programOf(command, options), [...command.args], {
      cwd: folder,
      env: system.platform === 'win32' ? withoutModulePath(environment) : environment,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      // A group of its own, so that all of it can be ended. On Windows it would be a window of its own.
      detached: system.platform !== 'win32',
    });
    return await new HookProcess(child, options).ended;
  } catch (caught) {
    return `could not be started: ${reasonOf(caught)}`;
  }
}

/** PowerShell is named without its folder elsewhere than on Windows. */
function programOf({ program }: HookCommand, { system, environment }: HookOptions): string {
  if (system.platform === 'win32' || program.includes('/')) return program;
  return programPath(program, environment, { userId: process.geteuid?.() });
}

class HookProcess {
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;
  readonly #options: HookOptions;
  readonly #lines: OutputLines[];
  #resolve: (end: string) => void = () => undefined;
  #end: string | undefined;
  #isSettled = false;
  #stopTimer: () => void;

  constructor(child: ChildProcess, options: HookOptions) {
    this.#child = child;
    this.#options = options;
    this.ended = new Promise((resolve) => (this.#resolve = resolve));
    this.#lines = [child.stdout, child.stderr].map((stream) => {
      const read = (bytes: Buffer): string => consoleText(bytes, options.system);
      const lines = new OutputLines(options.output, { read, take: options.onLine });
      stream?.on('data', (chunk: Buffer) => lines.add(chunk));
      return lines;
    });
    this.#stopTimer = options.clock.after(options.seconds * 1000, () =>
      this.#cut(`was ended after ${options.seconds} seconds`),
    );
    options.signal.addEventListener('abort', this.#onAbort, { once: true });
    child.on('error', (error) => this.#settle(`could not be started: ${reasonOf(error)}`));
    child.on('exit', (code, signal) => this.#leave(exitText(code, signal)));
    child.on('close', () => this.#settle(this.#end ?? ''));
    this.#give(options.input);
  }

  /** A hook need not read its input: a closed pipe is not a failure. */
  #give(input: string): void {
    this.#child.stdin?.on('error', () => undefined);
    this.#child.stdin?.end(input);
  }

  readonly #onAbort = (): void => this.#cut('was ended because the engine ends');

  #cut(end: string): void {
    const { system, onLine } = this.#options;
    if (this.#child.pid !== undefined)
      endProcessTree(this.#child.pid, system, (reason) => onLine(`It could not be ended: ${reason}`));
    this.#leave(end);
  }

  /** The first reason counts; whatever still holds the output gets a moment. */
  #leave(end: string): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#stopTimer();
    this.#stopTimer = this.#options.clock.after(GRACE_SECONDS * 1000, () => this.#settle(end));
  }

  #settle(end: string): void {
    this.#stopTimer();
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#options.signal.removeEventListener('abort', this.#onAbort);
    for (const stream of [this.#child.stdin, this.#child.stdout, this.#child.stderr]) stream?.destroy();
    for (const lines of this.#lines) lines.end();
    const dropped = this.#lines.reduce((sum, lines) => sum + lines.dropped, 0);
    if (dropped > 0) this.#options.onLine(`(${dropped} more lines)`);
    this.#resolve(end);
  }
}

function exitText(code: number | null, signal: NodeJS.Signals | null): string {
  if (code === 0) return '';
  return code === null ? `was ended by ${signal ?? 'a signal'}` : `ended with exit code ${code}`;
}
