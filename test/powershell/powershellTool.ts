import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { installOnce } from './installOnce.js';
import type { MissingPowerShell, PowerShellEngine } from './powershellChoice.js';

const version = '7.6.9';
const installTimeoutMs = 240_000;

/** PowerShell as a .NET tool in this user's cache, installed when it is not there yet. */
export async function toolPowerShell(dotnet: string): Promise<PowerShellEngine | MissingPowerShell> {
  const folder = join(cacheFolder(process.platform, process.env, homedir()), `powershell-${version}`);
  const failure = await installOnce(folder, (target) => install(dotnet, target));
  const program = programIn(folder);
  if (program === undefined)
    return {
      missing: `PowerShell ${version} could not be installed with dotnet: ${failure ?? `${folder} is damaged`}`,
    };
  return {
    kind: 'pwsh',
    command: dotnet,
    // The program beside the tool's folder only starts this one, and would leave it behind when it is killed.
    leadingArguments: [program],
    description: `PowerShell ${version}, a .NET tool in ${folder}`,
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
  const tools = join(folder, '.store', 'powershell', version, 'powershell', version, 'tools');
  if (!existsSync(tools)) return undefined;
  const system = process.platform === 'win32' ? 'win' : 'unix';
  const programs = readdirSync(tools).map((framework) => join(tools, framework, 'any', system, 'pwsh.dll'));
  return programs.find((program) => existsSync(program));
}

/** Gives what went wrong; a tool that does not start, because .NET is too old for it, is not installed. */
async function install(dotnet: string, target: string): Promise<string | undefined> {
  const args = ['tool', 'install', 'PowerShell', '--version', version, '--tool-path', target];
  const failure = await run(dotnet, args, dirname(target));
  if (failure !== undefined) return failure;
  const program = programIn(target);
  return program === undefined ? 'the tool has no pwsh.dll' : run(dotnet, [program, '-Version'], target);
}

function run(dotnet: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  const env = {
    ...process.env,
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
    POWERSHELL_TELEMETRY_OPTOUT: '1',
  };
  return new Promise((resolve) => {
    execFile(dotnet, args, { cwd, env, timeout: installTimeoutMs, windowsHide: true }, (error, stdout, stderr) =>
      resolve(error === null ? undefined : (firstError(`${stdout}\n${stderr}`) ?? error.message)),
    );
  });
}

function firstError(output: string): string | undefined {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1);
}
