import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileAhead } from './compileAhead.js';
import { installOnce } from './installOnce.js';
import type { MissingPowerShell, PowerShellEngine } from './powershellChoice.js';
import { runDotnet } from './runDotnet.js';

const VERSION = '7.6.9';
/** In the folder of a tool that could not be compiled ahead: why. */
const SLOW = 'not-compiled-ahead.txt';

/** PowerShell as a .NET tool in this user's cache, installed when it is not there yet. */
export async function toolPowerShell(dotnet: string): Promise<PowerShellEngine | MissingPowerShell> {
  const folder = join(cacheFolder(process.platform, process.env, homedir()), `powershell-${VERSION}-compiled`);
  const failure = await installOnce(folder, (target) => install(dotnet, target));
  const program = programIn(folder);
  if (program === undefined)
    return {
      missing: `PowerShell ${VERSION} could not be installed with dotnet: ${failure ?? `${folder} is damaged`}`,
    };
  return {
    kind: 'pwsh',
    command: dotnet,
    // The program beside the tool's folder only starts this one, and would leave it behind when it is killed.
    leadingArguments: [program],
    description: `PowerShell ${VERSION}, a .NET tool in ${folder}${slowness(folder)}`,
  };
}

/** Where this system keeps what can be had again. */
export function cacheFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  return join(cacheOfUser(platform, env, home), 'configmgrsync');
}

function cacheOfUser(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  if (platform === 'win32') return set(env['LOCALAPPDATA']) ?? join(home, 'AppData', 'Local');
  return set(env['XDG_CACHE_HOME']) ?? (platform === 'darwin' ? join(home, 'Library', 'Caches') : join(home, '.cache'));
}

function set(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

/** The tool lies below folders named after its version and after the .NET that it is for. */
function programIn(folder: string): string | undefined {
  const tools = join(folder, '.store', 'powershell', VERSION, 'powershell', VERSION, 'tools');
  if (!existsSync(tools)) return undefined;
  const system = process.platform === 'win32' ? 'win' : 'unix';
  const programs = readdirSync(tools).map((framework) => join(tools, framework, 'any', system, 'pwsh.dll'));
  return programs.find((program) => existsSync(program));
}

/** Gives what went wrong; a tool that does not start, because .NET is too old for it, is not installed. */
async function install(dotnet: string, target: string): Promise<string | undefined> {
  const args = ['tool', 'install', 'PowerShell', '--version', VERSION, '--tool-path', target];
  const failure = await runDotnet(dotnet, args, dirname(target));
  if (failure !== undefined) return failure;
  const program = programIn(target);
  if (program === undefined) return 'the tool has no pwsh.dll';
  const cause = await compileAhead(dotnet, dirname(program));
  if (cause !== undefined) await writeFile(join(target, SLOW), `${cause}\n`);
  return runDotnet(dotnet, [program, '-Version'], target);
}

function slowness(folder: string): string {
  const note = join(folder, SLOW);
  return existsSync(note) ? `, slow because it could not be compiled: ${readFileSync(note, 'utf8').trim()}` : '';
}
