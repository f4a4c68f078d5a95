import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PowerShellEngine } from './powershellChoice.js';
import { DEFAULT_TIMEOUT_MS, environmentWith, jsonOfRun, PowerShellRunError } from './powershellRun.js';
import type { PowerShellOptions, PowerShellRun } from './powershellRun.js';

export interface ProcessOptions extends PowerShellOptions {
  readonly scriptArguments?: readonly string[];
}

/** Runs a script in a process of its own. */
export function runPowerShell(
  engine: PowerShellEngine,
  script: string,
  options: ProcessOptions = {},
): Promise<PowerShellRun> {
  return withScriptFile(script, (file) => runFile(engine, file, options));
}

/** For scripts in a process of their own whose last output is `... | ConvertTo-Json`. */
export async function runPowerShellJson<T>(
  engine: PowerShellEngine,
  script: string,
  options: ProcessOptions = {},
): Promise<T> {
  return jsonOfRun(await runPowerShell(engine, script, options)) as T;
}

/** A script as a file, with the mark that Windows PowerShell needs to read it as UTF-8. */
export async function withScriptFile<T>(script: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'configmgrsync-ps-'));
  try {
    const file = join(folder, 'script.ps1');
    await writeFile(file, `\ufeff${script}`, 'utf8');
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command line that runs a script file. */
export function fileArguments(engine: PowerShellEngine, file: string, given: readonly string[] = []): string[] {
  const policy = process.platform === 'win32' ? ['-ExecutionPolicy', 'Bypass'] : [];
  const quiet = ['-NoLogo', '-NoProfile', '-NonInteractive', ...policy];
  return [...engine.leadingArguments, ...quiet, '-File', file, ...given];
}

/** Runs a script that is already on disk, in a process of its own. */
export function runFile(engine: PowerShellEngine, file: string, options: ProcessOptions = {}): Promise<PowerShellRun> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  return new Promise((resolve, reject) => {
    const child = spawn(engine.command, fileArguments(engine, file, options.scriptArguments), {
      cwd: options.cwd,
      env: environmentWith(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      const late = `PowerShell, or a child that holds its output, did not end within ${timeoutMs} ms.`;
      reject(new PowerShellRunError(`${late}\n${stdout}\n${stderr}`));
    }, timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ stdout, stderr, exitCode });
    });
  });
}
