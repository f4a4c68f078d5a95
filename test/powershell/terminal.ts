import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { PowerShellEngine } from './powershellChoice.js';
import { withScriptFile } from './powershellProcess.js';
import { DEFAULT_TIMEOUT_MS, environmentWith, PowerShellRunError } from './powershellRun.js';
import type { PowerShellOptions } from './powershellRun.js';
import { TerminalUser } from './TerminalUser.js';
import type { TerminalStep } from './TerminalUser.js';

export interface TerminalOptions extends PowerShellOptions {
  readonly steps: readonly TerminalStep[];
}

export interface TerminalRun {
  /** All that was shown, without colours and cursor movements, and what was typed. */
  readonly screen: string;
  readonly exitCode: number | null;
}

export const CTRL_C = '\u0003';
export const ENTER = '\r';
const PROGRAM = '/usr/bin/script';

/** Why there is no terminal for tests, where there is none. */
export function terminalMissing(): string | undefined {
  if (process.platform === 'linux' && existsSync(PROGRAM)) return undefined;
  return 'The pseudo-terminal of the tests is made by script of util-linux, which is not on this system.';
}

/** Runs a script at a pseudo-terminal, as a user who sits before it. */
export function runInTerminal(
  engine: PowerShellEngine,
  script: string,
  options: TerminalOptions,
): Promise<TerminalRun> {
  return withScriptFile(script, (file) => {
    const line = [engine.command, ...engine.leadingArguments, '-NoLogo', '-NoProfile', '-File', file];
    const env = { ...environmentWith(options.env), TERM: 'xterm', COLUMNS: '120', LINES: '50' };
    const child = spawn(PROGRAM, ['-qec', line.map(shellQuoted).join(' '), '/dev/null'], { cwd: options.cwd, env });
    return converse(child, options);
  });
}

function converse(child: ChildProcessWithoutNullStreams, options: TerminalOptions): Promise<TerminalRun> {
  const user = new TerminalUser(options.steps, (keys) => child.stdin.write(keys));
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new PowerShellRunError(`The terminal did not come to ${user.waitsFor}.\n${user.screen}`));
    }, options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => user.see(chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ screen: user.screen, exitCode });
    });
  });
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
