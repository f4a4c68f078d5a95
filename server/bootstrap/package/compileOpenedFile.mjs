import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at } from '../paths.mjs';
import { compileAssembly } from './compileAssembly.mjs';

/** Lies beside the script that takes it. */
export const openedFileAssembly = 'CMSyncOpenedFile.dll';

/**
 * Compiles the class that sets access lists into `FOLDER/cmdlets/system`. Gives why it could not: PowerShell compiles it
 * at each call then, which Dynamic Code Security forbids.
 */
export async function compileOpenedFile(folder, dotnet) {
  const prepare = async (work) => {
    await copyFile(
      at('server', 'bootstrap', 'package', 'CMSyncOpenedFile.csproj'),
      join(work, 'CMSyncOpenedFile.csproj'),
    );
    const script = await readFile(at('cmdlets', 'system', 'Open-CMSyncFile.ps1'), 'utf8');
    await writeFile(join(work, 'CMSyncOpenedFile.cs'), sourceIn(script));
  };
  const target = join(folder, 'cmdlets', 'system', openedFileAssembly);
  return compileAssembly({ assembly: openedFileAssembly, target, prepare }, dotnet);
}

/** The C# stands in the script, which is signed. */
function sourceIn(script) {
  return /@'\r?\n([\s\S]*?)\r?\n'@/.exec(script)?.[1] ?? '';
}
