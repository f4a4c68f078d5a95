import type { PowerShellEngine } from './powershellChoice.js';
import { jsonOfRun } from './powershellRun.js';
import type { PowerShellOptions, PowerShellRun } from './powershellRun.js';
import { PowerShellSession } from './PowerShellSession.js';

// A process keeps some memory of each runspace that it had.
const MOST_SCRIPTS = 200;

let session: PowerShellSession | undefined;
let scripts = 0;

/** Runs a script in the PowerShell that the tests of one worker share, in a runspace of its own. */
export async function runInSession(
  engine: PowerShellEngine,
  script: string,
  options: PowerShellOptions = {},
): Promise<PowerShellRun> {
  if (session?.isOver !== false || scripts >= MOST_SCRIPTS) {
    const last = session;
    [session, scripts] = [new PowerShellSession(engine), 0];
    await last?.close();
  }
  scripts++;
  return session.run(script, options);
}

/** For scripts whose last output is `... | ConvertTo-Json`. */
export async function jsonInSession<T>(
  engine: PowerShellEngine,
  script: string,
  options: PowerShellOptions = {},
): Promise<T> {
  return jsonOfRun(await runInSession(engine, script, options)) as T;
}
