import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at } from '../paths.mjs';
import { compileAssembly } from './compileAssembly.mjs';

/** The name of the product's assembly: what the provider is qualified with, as in AdminUI.PS.Provider\CMSite. */
export const providerAssembly = 'AdminUI.PS.Provider.dll';

const sources = ['AdminUI.PS.Provider.csproj', 'CMSiteProvider.cs'];

/**
 * Compiles the provider CMSite into `FOLDER/cmdlets/provider`. Gives why it could not: the package works without it,
 * PowerShell makes the provider at each import then.
 */
export async function compileProvider(folder, dotnet) {
  const prepare = async (work) => {
    for (const name of sources) await copyFile(at('cmdlets', 'provider', name), join(work, name));
  };
  const target = join(folder, 'cmdlets', 'provider', providerAssembly);
  return compileAssembly({ assembly: providerAssembly, target, prepare }, dotnet);
}
