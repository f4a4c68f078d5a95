import type { PowerShellEngine } from './powershellChoice.js';
import { jsonOfRun } from './powershellRun.js';
import type { PowerShellOptions, PowerShellRun } from './powershellRun.js';
import { PowerShellSession } from './PowerShellSession.js';

let session: PowerShellSession | undefined;

/** Runs a script in the PowerShell that the tests of one file share; in a runspace of its own. */
export function runInSession(
  engine: PowerShellEngine,
  script: string,
  options: PowerShellOptions = {},
): Promise<PowerShellRun> {
  if (session?.isOver !== false) session = new PowerShellSession(engine);
  return session.run(script, options);
}

/** The next script begins with a PowerShell of its own. */
export async function endSession(): Promise<void> {
  const last = session;
  session = undefined;
  await last?.close();
}

/** For scripts whose last output is `... | ConvertTo-Json`. */
export async function jsonInSession<T>(
  engine: PowerShellEngine,
  script: string,
  options: PowerShellOptions = {},
): Promise<T> {
  return jsonOfRun(await runInSession(engine, script, options)) as T;
}
