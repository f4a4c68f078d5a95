import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { choosePowerShell, suiteDecision } from './powershellChoice.js';
import type { MissingPowerShell, PowerShellEngine } from './powershellChoice.js';
import { toolPowerShell } from './powershellTool.js';

export type { MissingPowerShell, PowerShellEngine } from './powershellChoice.js';
export { repositoryRoot } from './repositoryRoot.js';

export interface PowerShellRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface PowerShellOptions {
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly scriptArguments?: readonly string[];
  /**
   * Sends the signal once the text was printed; to the whole process group, as a terminal's Ctrl+C does, when asked.
   */
  readonly signalAfter?: { readonly output: string; readonly signal: NodeJS.Signals; readonly wholeGroup?: boolean };
}

export class PowerShellRunError extends Error {
  override readonly name = 'PowerShellRunError';
}

const defaultTimeoutMs = 120_000;
const installTimeoutMs = 300_000;
let located: Promise<PowerShellEngine | MissingPowerShell> | undefined;

/** CONFIGMGRSYNC_PWSH, else pwsh, else the .NET tool where dotnet is, else powershell.exe; looked for once. */
export function locatePowerShell(): Promise<PowerShellEngine | MissingPowerShell> {
  located ??= probe(process.env);
  return located;
}

async function probe(env: NodeJS.ProcessEnv): Promise<PowerShellEngine | MissingPowerShell> {
  const configured = env['CONFIGMGRSYNC_PWSH'];
  const choice = choosePowerShell({
    ...(configured === undefined || configured === ''
      ? {}
      : { configured: { path: configured, exists: existsSync(configured) } }),
    pwsh: onPath('pwsh', env),
    windowsPowerShell: process.platform === 'win32' ? onPath('powershell', env) : undefined,
    dotnet: onPath('dotnet', env),
  });
  if (choice.use === 'executable') return choice.engine;
  return choice.use === 'tool' ? toolPowerShell(choice.dotnet) : { missing: choice.missing };
}

function onPath(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
}

export async function runPowerShell(
  engine: PowerShellEngine,
  script: string,
  options: PowerShellOptions = {},
): Promise<PowerShellRun> {
  const folder = await mkdtemp(join(tmpdir(), 'configmgrsync-ps-'));
  try {
    const file = join(folder, 'script.ps1');
    await writeFile(file, `\ufeff${script}`, 'utf8');
    return await runFile(engine, file, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a script that is already on disk. */
export function runFile(
  engine: PowerShellEngine,
  file: string,
  options: PowerShellOptions = {},
): Promise<PowerShellRun> {
  const policy = process.platform === 'win32' ? ['-ExecutionPolicy', 'Bypass'] : [];
  const args = [
    ...engine.leadingArguments,
    '-NoLogo',
    '-NoProfile',
    '-NonInteractive',
    ...policy,
    '-File',
    file,
    ...(options.scriptArguments ?? []),
  ];
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const group = options.signalAfter?.wholeGroup === true;
  return new Promise((resolve, reject) => {
    const child = spawn(engine.command, args, {
      cwd: options.cwd,
      env: environment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: group,
      windowsHide: true,
    });
    let stdout = '';
    let stderr = '';
    let pending = options.signalAfter;
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      reject(
        new PowerShellRunError(
          `PowerShell, or a child that holds its output, did not end within ${timeoutMs} ms.\n${stdout}\n${stderr}`,
        ),
      );
    }, timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      if (pending !== undefined && stdout.includes(pending.output)) {
        if (group && child.pid !== undefined) process.kill(-child.pid, pending.signal);
        else child.kill(pending.signal);
        pending = undefined;
      }
    });
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

/** For scripts whose last output is `... | ConvertTo-Json`; warnings and the like may stand before it. */
export async function runPowerShellJson<T>(
  engine: PowerShellEngine,
  script: string,
  options: PowerShellOptions = {},
): Promise<T> {
  const run = await runPowerShell(engine, script, options);
  if (run.exitCode !== 0)
    throw new PowerShellRunError(
      `The script ended with exit code ${run.exitCode ?? 'none'}.\n${run.stdout}\n${run.stderr}`,
    );
  return trailingJson(run) as T;
}

export function trailingJson(run: PowerShellRun): unknown {
  for (let at = 0; at < run.stdout.length; at = nextLine(run.stdout, at)) {
    try {
      return JSON.parse(run.stdout.slice(at)) as unknown;
    } catch {
      // Not the start of the document: try the next line.
    }
  }
  throw new PowerShellRunError(`The script printed no JSON.\n${run.stdout}\n${run.stderr}`);
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

function environment(added: PowerShellOptions['env']): NodeJS.ProcessEnv {
  const quiet = { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off', NO_COLOR: '1' };
  const all: NodeJS.ProcessEnv = { ...process.env, ...quiet, ...added };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** A mocha suite that needs PowerShell: skipped with the reason where there is none, failed when CI=true. */
export function powershellSuite(title: string, body: (engine: () => PowerShellEngine) => void): void {
  describe(title, function () {
    this.timeout(defaultTimeoutMs);
    let engine: PowerShellEngine | undefined;
    before(async function () {
      this.timeout(installTimeoutMs);
      const decision = suiteDecision(await locatePowerShell(), process.env['CI']);
      if ('fail' in decision) throw new PowerShellRunError(decision.fail);
      if ('skip' in decision) {
        this.test?.parent?.eachTest((test) => {
          test.title += ` (skipped: ${decision.skip})`;
        });
        this.skip();
      } else {
        engine = decision.run;
      }
    });
    body(() => {
      if (engine === undefined)
        throw new PowerShellRunError('PowerShell is asked for before it was looked for: use the engine inside a test.');
      return engine;
    });
  });
}
