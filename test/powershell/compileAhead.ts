import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './repositoryRoot.js';
import { runDotnet } from './runDotnet.js';

const PROJECT = 'compileAhead.csproj';
const SETTINGS = 'pwsh.runtimeconfig.json';
/** No server of the compiler stays behind. */
const ALONE = ['-nodeReuse:false', '-p:UseSharedCompilation=false'];
const ASSEMBLIES = [
  'Microsoft.PowerShell.Commands.Management.dll',
  'Microsoft.PowerShell.Commands.Utility.dll',
  'Microsoft.PowerShell.ConsoleHost.dll',
  'Microsoft.PowerShell.Security.dll',
  'Newtonsoft.Json.dll',
  'System.Management.Automation.dll',
  'pwsh.dll',
];

/**
 * Compiles the assemblies in a folder of PowerShell for this machine. The .NET tool holds intermediate language only,
 * which .NET would compile at each start. Gives what went wrong; the folder stays as it was then.
 */
export async function compileAhead(dotnet: string, powershell: string): Promise<string | undefined> {
  const work = await mkdtemp(join(tmpdir(), 'configmgrsync-ahead-'));
  try {
    await copyFile(join(repositoryRoot(), 'test', 'powershell', PROJECT), join(work, PROJECT));
    const compiled = join(work, 'compiled');
    const given = [`-p:PowerShellFolder=${powershell}`, `-p:Assemblies=${ASSEMBLIES.join('|')}`];
    const args = ['publish', PROJECT, '--configuration', 'Release', '--output', compiled];
    const failure = await runDotnet(dotnet, [...args, ...ALONE, ...given], work);
    if (failure !== undefined) return failure;
    const lacking = ASSEMBLIES.find((name) => !existsSync(join(compiled, name)));
    if (lacking !== undefined) return `no ${lacking} was compiled`;
    for (const name of ASSEMBLIES) await copyFile(join(compiled, name), join(powershell, name));
    await withoutProfile(join(powershell, SETTINGS));
    return undefined;
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  }
}

/** A shell that lives for a second gains nothing from a profile of its code. */
async function withoutProfile(file: string): Promise<void> {
  const config = JSON.parse(await readFile(file, 'utf8')) as {
    runtimeOptions: { configProperties: Record<string, boolean> };
  };
  config.runtimeOptions.configProperties['System.Runtime.TieredPGO'] = false;
  await writeFile(file, JSON.stringify(config, undefined, 2));
}
