import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const timeoutMs = 600_000;

/**
 * Compiles with the .NET SDK of this machine what `prepare` puts into a folder, and copies the assembly of that name to
 * `target`. Gives why it could not.
 */
export async function compileAssembly({ assembly, target, prepare }, dotnet = 'dotnet') {
  const work = await mkdtemp(join(tmpdir(), 'configmgrsync-assembly-'));
  try {
    await prepare(work);
    const failure = await build(dotnet, work);
    if (failure !== undefined) return failure;
    await mkdir(dirname(target), { recursive: true });
    await copyFile(join(work, 'compiled', assembly), target);
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
