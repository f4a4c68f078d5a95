import { locatePowerShell } from './locatePowerShell.js';
import { skipSuite } from './skipSuite.js';
import type { PowerShellEngine } from './powershellChoice.js';
import { PowerShellRunError } from './powershellRun.js';

const INSTALL_TIMEOUT_MS = 900_000;

/** A mocha suite that needs PowerShell: skipped with the reason where there is none, failed when CI=true. */
export function powershellSuite(title: string, body: (engine: () => PowerShellEngine) => void): void {
  describe(title, () => {
    let engine: PowerShellEngine | undefined;
    before(async function () {
      this.timeout(INSTALL_TIMEOUT_MS);
      const decision = await locatePowerShell();
      if ('missing' in decision) skipSuite(this, decision.missing);
      else engine = decision;
    });
    body(() => {
      if (engine === undefined)
        throw new PowerShellRunError('PowerShell is asked for before it was looked for: use the engine inside a test.');
      return engine;
    });
  });
}
