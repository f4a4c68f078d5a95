import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { MissingPowerShell, PowerShellEngine } from './powershellChoice.js';

/** The folder with the package.json of this project, seen from the source and from dist alike. */
export function repositoryRoot(start: string = fileURLToPath(import.meta.url)): string {
  for (let folder = dirname(start); ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && readFileSync(manifest, 'utf8').includes('"configmgrsync"')) return folder;
    if (dirname(folder) === folder) return process.cwd();
  }
}

/**
 * Builds the host when a source is newer than the last build, one builder at a time, and says how to start it. It is
 * compiled ahead
 * where the compiler for that can be had, else as it is, which only makes it start more slowly.
 */
export async function buildHost(dotnet: string): Promise<PowerShellEngine | MissingPowerShell> {
  const source = join(repositoryRoot(), 'test', 'powershell', 'host');
  const program = join(source, 'bin', 'pwsh.dll');
  const unlock = await lock(join(source, 'obj', 'build.lock'));
  try {
    const stamp = join(source, 'bin', '.built');
    if (await isStale(source, stamp, program)) {
      const failure =
        (await dotnetPublish(dotnet, source, ['-p:PublishReadyToRun=true'])) &&
        (await dotnetPublish(dotnet, source, []));
      if (failure !== undefined)
        return { missing: `The PowerShell test host could not be built with dotnet: ${failure}` };
      await writeFile(stamp, '');
    }
  } finally {
    await unlock();
  }
  return {
    kind: 'test-host',
    command: dotnet,
    leadingArguments: [program],
    description: 'the PowerShell test host (System.Management.Automation)',
  };
}

async function isStale(source: string, stamp: string, program: string): Promise<boolean> {
  if (!existsSync(stamp) || !existsSync(program)) return true;
  const built = (await stat(stamp)).mtimeMs;
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const output = [join(source, 'bin'), join(source, 'obj')];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || output.some((folder) => path.startsWith(folder))) continue;
    if ((await stat(path)).mtimeMs > built) return true;
  }
  return false;
}

/** Without build servers that would outlive the test run and hold its output open. Gives what went wrong. */
async function dotnetPublish(
  dotnet: string,
  source: string,
  properties: readonly string[],
): Promise<string | undefined> {
  const quiet = ['-c', 'Release', '-nologo', '-v', 'q', '-nodeReuse:false', '-p:UseSharedCompilation=false'];
  const args = ['publish', join(source, 'pshost.csproj'), ...quiet, ...properties];
  const env = {
    ...process.env,
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
    MSBUILDDISABLENODEREUSE: '1',
  };
  return new Promise((resolve) => {
    const child = spawn(dotnet, args, { cwd: source, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code) => resolve(code === 0 ? undefined : firstError(output)));
  });
}

function firstError(output: string): string {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() !== '');
  return (lines.find((line) => /\berror\b/i.test(line)) ?? lines.at(-1) ?? 'no output').trim();
}

async function lock(path: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true });
  for (;;) {
    try {
      const handle = await open(path, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(path, 'utf8').catch(() => ''));
      if (owner > 0 && !isAlive(owner)) await rm(path, { force: true });
      else await delay(200);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
