import { execFile } from 'node:child_process';

const TIMEOUT_MS = 600_000;

/** Runs the .NET tool kit without its greetings; gives what went wrong. */
export function runDotnet(dotnet: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  const env = {
    ...process.env,
    DOTNET_CLI_TELEMETRY_OPTOUT: '1',
    DOTNET_NOLOGO: '1',
    DOTNET_SKIP_FIRST_TIME_EXPERIENCE: '1',
    POWERSHELL_TELEMETRY_OPTOUT: '1',
  };
  return new Promise((resolve) => {
    execFile(dotnet, args, { cwd, env, timeout: TIMEOUT_MS, windowsHide: true }, (error, stdout, stderr) =>
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
