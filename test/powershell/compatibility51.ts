import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quoted } from '../cmdlets/fakeSession.js';
import { PowerShellRunError, repositoryRoot, runInSession, trailingJson } from './powershellEngine.js';
import type { PowerShellEngine } from './powershellEngine.js';

/** One place that Windows PowerShell 5.1 on .NET Framework 4.7.2 could not parse or run. */
export interface Incompatibility {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly text: string;
}

const SCRIPT_NAME = /\.(ps1|psm1|psd1|ps1xml|psrc|pssc)$/i;

/** The scripts and data files of PowerShell that we ship. */
export async function shippedScripts(root: string): Promise<string[]> {
  const atRoot = (await readdir(root)).filter((name) => /\.(psd1|psm1)$/i.test(name));
  const below = ['cmdlets', 'console', 'RoleCapabilities', join('docs', 'examples'), join('test', 'windows')].map(
    async (folder) =>
      existsSync(join(root, folder))
        ? (await readdir(join(root, folder), { recursive: true })).map((name) => join(folder, name))
        : [],
  );
  return [...atRoot, ...(await Promise.all(below)).flat().filter((name) => SCRIPT_NAME.test(name))].sort();
}

export async function findIncompatibilities(
  engine: PowerShellEngine,
  root: string,
  files: readonly string[],
): Promise<Incompatibility[]> {
  const folder = await mkdtemp(join(tmpdir(), 'configmgrsync-51-'));
  try {
    const list = join(folder, 'files.txt');
    await writeFile(list, files.join('\n'));
    const walker = join(repositoryRoot(), 'test', 'powershell', 'compatibility51.ps1');
    const run = await runInSession(engine, `& ${quoted(walker)} -Root ${quoted(root)} -ListFile ${quoted(list)}`);
    if (run.exitCode !== 0)
      throw new PowerShellRunError(`The walk over the scripts failed.\n${run.stdout}\n${run.stderr}`);
    return trailingJson(run) as Incompatibility[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
