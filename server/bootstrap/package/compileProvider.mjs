import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { at } from '../paths.mjs';

/** The name of the product's assembly: what the provider is qualified with, as in AdminUI.PS.Provider\CMSite. */
export const providerAssembly = 'AdminUI.PS.Provider.dll';

const sources = ['AdminUI.PS.Provider.csproj', 'CMSiteProvider.cs'];
const timeoutMs = 600_000;

/**
 * Compiles the provider CMSite with the .NET SDK of this machine into `FOLDER/cmdlets/provider`. Gives why it could not:
 * the package works without it, PowerShell makes the provider at each import then.
 */
export async function compileProvider(folder, dotnet = 'dotnet') {
  const work = await mkdtemp(join(tmpdir(), 'configmgrsync-provider-'));
  try {
    for (const name of sources) await copyFile(at('cmdlets', 'provider', name), join(work, name));
    const failure = await build(dotnet, work);
    if (failure !== undefined) return failure;
    await copyFile(join(work, 'compiled', providerAssembly), join(folder, 'cmdlets', 'provider', providerAssembly));
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

function build(dotnet, cwd) {
  const args = ['build', '--configuration', 'Release', '--output', 'compiled'];
  // No server of the compiler stays behind.
  const alone = ['-nodeReuse:false', '-p:UseSharedCompilation=false'];
  const env = {
    ...process.env,
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
  };
  return new Promise((resolve) => {
    execFile(dotnet, [...args, ...alone], { cwd, env, timeout: timeoutMs, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? undefined : reasonOf(error, stdout)),
    );
  });
}

function reasonOf(error, stdout) {
  if (error.code === 'ENOENT') return 'the .NET SDK (dotnet) is not on this machine';
  const lines = stdout.split(/\r?\n/).map((line) => line.trim());
  return lines.find((line) => /\berror\b/i.test(line)) ?? error.message;
}
