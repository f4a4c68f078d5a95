import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SyncError } from '../errors/SyncError.js';

let found: string | undefined;

/** The folder with package.json: the parent of `server/` as source, of `dist/` when built. */
export function packageFolder(): string {
  found ??= climb(dirname(fileURLToPath(import.meta.url)));
  return found;
}

/** The version in package.json. */
export function packageVersion(): string {
  const text = readFileSync(join(packageFolder(), 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** The program's entry: what Node.js is started with, also where the engine is bundled into other files. */
export function programFile(): string {
  return join(packageFolder(), 'dist', 'server', 'main.js');
}

/** A file beside the program that something else than Node.js's command line is started with. */
export function programPart(name: string): string {
  return join(dirname(programFile()), 'parts', name);
}

function climb(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new SyncError('InternalError', {
      where: 'the installation',
      reason: 'package.json was not found above the program',
    });
  return climb(parent);
}

/** Below 0 when a is the older version; a version with a suffix (1.2.0-beta) is older than the one without. */
export function compareVersions(a: string, b: string): number {
  const [mainA = '', ...suffixA] = a.split('-');
  const [mainB = '', ...suffixB] = b.split('-');
  const parts = [0, 1, 2].map((index) => numberAt(mainA, index) - numberAt(mainB, index));
  return parts.find((difference) => difference !== 0) ?? Math.sign(suffixB.length - suffixA.length);
}

function numberAt(version: string, index: number): number {
  return Number.parseInt(version.split('.')[index] ?? '0', 10) || 0;
}
