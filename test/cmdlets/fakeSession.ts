import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { repositoryRoot, runInSession } from '../powershell/powershellEngine.js';
import type { PowerShellEngine, PowerShellOptions, PowerShellRun } from '../powershell/powershellEngine.js';

export const manifest = join(repositoryRoot(), 'ConfigMgrSync.psd1');
export const IMPORT_MODULE = `Import-Module ${quoted(manifest)}\n`;
export const IMPORT_MODULE_JSON = `$ErrorActionPreference = 'Stop'\n${IMPORT_MODULE}`;

export interface Note {
  /** The how manieth process noted it. */
  readonly start: number;
  readonly type: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The fake engine of one test: what it shall do, and what reached it. */
export class FakeSession {
  readonly folder = mkdtempSync(join(tmpdir(), 'configmgrsync-fake-'));
  readonly env: Record<string, string>;

  constructor(scenario = '') {
    this.env = {
      CONFIGMGRSYNC_ENGINE_MAIN: fileURLToPath(new URL('fakeEngine.js', import.meta.url)),
      CONFIGMGRSYNC_NODE: process.execPath,
      // No drive of a site of this machine.
      CONFIGMGRSYNC_HOME: join(this.folder, 'home'),
      FAKE_FOLDER: this.folder,
      FAKE_SCENARIO: scenario,
    };
  }

  notes(type: string): Note[] {
    return this.all().filter((note) => note.type === type);
  }

  all(): Note[] {
    const file = join(this.folder, 'messages.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Note);
  }

  /** Waits until something of a type was noted. */
  async noted(type: string): Promise<void> {
    const watcher = watch(this.folder);
    try {
      while (this.notes(type).length === 0) await once(watcher, 'change');
    } finally {
      watcher.close();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Runs a script with the module imported, against a fake engine that lives as long as the script. */
export async function withFake<T>(scenario: string, use: (fake: FakeSession) => Promise<T>): Promise<T> {
  const fake = new FakeSession(scenario);
  try {
    return await use(fake);
  } finally {
    fake.remove();
  }
}

/** The last line of a script's output as JSON. */
export async function jsonOf<T>(engine: PowerShellEngine, fake: FakeSession, script: string): Promise<T> {
  const run = await runWithModule(engine, fake, script);
  const line = run.stdout.trimEnd().split(/\r?\n/).at(-1) ?? '';
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new TypeError(
      `The script ended with exit code ${run.exitCode ?? 'none'} and no JSON.\n${run.stdout}\n${run.stderr}`,
    );
  }
}

export function runWithModule(
  engine: PowerShellEngine,
  fake: FakeSession,
  script: string,
  options: PowerShellOptions = {},
): Promise<PowerShellRun> {
  return runInSession(engine, IMPORT_MODULE + script, { ...options, env: { ...fake.env, ...options.env } });
}

/** A PowerShell literal. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A PowerShell expression with what is worth asserting of the error a script block raises, also of one that does not
 * end it by itself.
 */
export function errorOf(block: string): string {
  return (
    `$caught = $null; try { & { $ErrorActionPreference = 'Stop'; ${block} } } catch { $caught = $_ }
[ordered]@{ id = $caught.FullyQualifiedErrorId; category = [string] $caught.CategoryInfo.Category; message = ` +
    `[string] $caught
  next = $caught.ErrorDetails.RecommendedAction; target = $caught.TargetObject } | ConvertTo-Json -Compress -Depth 4`
  );
}

/** What each of some commands raises, all run in one session. */
export async function errorsOf(
  engine: PowerShellEngine,
  fake: FakeSession,
  commands: readonly string[],
): Promise<readonly Caught[]> {
  const { stdout } = await runWithModule(engine, fake, commands.map(errorOf).join('\n'));
  const lines = stdout.split(/\r?\n/).filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Caught);
}

export interface Caught {
  readonly id: string;
  readonly category: string;
  readonly message: string;
  readonly next: string;
  readonly target: unknown;
}
