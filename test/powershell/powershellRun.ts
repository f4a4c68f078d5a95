/** What came of a script. */
export interface PowerShellRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

export interface PowerShellOptions {
  /** Added to the environment; undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
}

export class PowerShellRunError extends Error {
  override readonly name = 'PowerShellRunError';
}

/** Less than a test has: it says more of why. */
export const DEFAULT_TIMEOUT_MS = 240_000;

/** The environment of a script: quiet, and without colours. */
export function environmentWith(added: PowerShellOptions['env']): Record<string, string> {
  const quiet = { POWERSHELL_TELEMETRY_OPTOUT: '1', POWERSHELL_UPDATECHECK: 'Off', NO_COLOR: '1' };
  const all: NodeJS.ProcessEnv = { ...process.env, ...quiet, ...added };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** The JSON at the end of a script that ended well. */
export function jsonOfRun(run: PowerShellRun): unknown {
  if (run.exitCode === 0) return trailingJson(run);
  const end = `The script ended with exit code ${run.exitCode ?? 'none'}.`;
  throw new PowerShellRunError(`${end}\n${run.stdout}\n${run.stderr}`);
}

/** The JSON at the end of what a script printed; warnings and the like may stand before it. */
export function trailingJson(run: PowerShellRun): unknown {
  for (let at = 0; at < run.stdout.length; at = nextLine(run.stdout, at)) {
    try {
      return JSON.parse(run.stdout.slice(at)) as unknown;
    } catch {
      // Not the start of the document: try the next line.
    }
  }
  throw new PowerShellRunError(`The script printed no JSON.\n${run.stdout}\n${run.stderr}`);
}

function nextLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}
