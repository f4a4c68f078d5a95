import { packageVersion } from '../../platform/packageFolder.js';
import { realParentWatch, watchParent } from '../../platform/watchParent.js';
import { realEngineDeps } from '../../rpc/EngineDeps.js';
import { redirectConsole } from '../../rpc/redirectConsole.js';
import { RelayBackend } from '../../rpc/RelayBackend.js';
import { runStdioRelay } from '../../rpc/runStdioRelay.js';
import { realSiteEnvironment } from '../../site/SiteEnvironment.js';

/** `stdio`: speaks with the PowerShell module that started it; `parent` is the process id of that session. */
export async function runStdio(parent?: number): Promise<number> {
  redirectConsole((text) => process.stderr.write(text));
  // Ctrl+C and a closed terminal reach the whole process group: they end the caller's wait, not this process.
  process.on('SIGINT', () => undefined).on('SIGHUP', () => undefined);
  return runStdioRelay({
    input: process.stdin,
    output: process.stdout,
    log: (line) => void process.stderr.write(`${line}\n`),
    version: packageVersion(),
    backend: new RelayBackend(realSiteEnvironment(), realEngineDeps()),
    watchParent: (onGone) => watchParent(onGone, realParentWatch, parent),
  });
}
