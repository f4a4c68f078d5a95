import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installOnce } from '../powershell/installOnce.js';
import { repositoryRoot } from '../powershell/powershellEngine.js';
import { cacheFolder } from '../powershell/powershellTool.js';

/** Compiles into a folder; gives why it could not. */
type Compile = (folder: string, dotnet?: string) => Promise<string | undefined>;

/** A step of the package by the name of its file and function. */
export async function compilerOf(name: 'compileProvider' | 'compileOpenedFile'): Promise<Compile> {
  const file = join(repositoryRoot(), 'server', 'bootstrap', 'package', `${name}.mjs`);
  return ((await import(pathToFileURL(file).href)) as Record<string, Compile>)[name] as Compile;
}

/** What these sources are compiled to, once for each machine; or why it could not be. */
export async function compiledOnce(
  name: 'compileProvider' | 'compileOpenedFile',
  sources: readonly string[],
): Promise<{ readonly folder: string; readonly failure: string | undefined }> {
  const bytes = sources.map((file) => readFileSync(file));
  const mark = createHash('sha256').update(Buffer.concat(bytes)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.platform, process.env, homedir()), `${name}-${mark}`);
  const compile = await compilerOf(name);
  return { folder, failure: await installOnce(folder, async (target) => compile(target)) };
}
