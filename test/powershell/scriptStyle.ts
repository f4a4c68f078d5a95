import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quoted } from '../cmdlets/fakeSession.js';
import { PowerShellRunError, repositoryRoot, runInSession, trailingJson } from './powershellEngine.js';
import type { PowerShellEngine } from './powershellEngine.js';

/** One place that is not laid out as the others, or changes something unasked. */
export interface StyleFinding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly text: string;
}

const FOLDERS = [
  'cmdlets',
  'docs',
  'RoleCapabilities',
  join('test', 'parity'),
  join('test', 'powershell'),
  join('test', 'windows'),
];
const SCRIPT_NAME = /\.(ps1|psm1|psd1|psrc|pssc)$/i;

/** Every script and data file of PowerShell in the repository. */
export async function allScripts(root: string): Promise<string[]> {
  const atRoot = (await readdir(root)).filter((name) => SCRIPT_NAME.test(name));
  const below = FOLDERS.map(async (folder) =>
    (await readdir(join(root, folder), { recursive: true })).map((name) => join(folder, name)),
  );
  return [...atRoot, ...(await Promise.all(below)).flat().filter((name) => SCRIPT_NAME.test(name))].sort();
}

/** What `scriptStyle.ps1` finds in files below a folder. */
export async function findStyle(
  engine: PowerShellEngine,
  root: string,
  files: readonly string[],
): Promise<StyleFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), 'configmgrsync-style-'));
  try {
    const list = join(folder, 'files.txt');
    await writeFile(list, files.join('\n'));
    const walker = join(repositoryRoot(), 'test', 'powershell', 'scriptStyle.ps1');
    const run = await runInSession(engine, `& ${quoted(walker)} -Root ${quoted(root)} -ListFile ${quoted(list)}`);
    if (run.exitCode !== 0)
      throw new PowerShellRunError(`The walk over the scripts failed.\n${run.stdout}\n${run.stderr}`);
    return trailingJson(run) as StyleFinding[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
