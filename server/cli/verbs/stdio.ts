import { packageVersion } from '../../platform/packageFolder.js';
import { forgetSecrets } from '../../platform/secretVariables.js';
import { realParentWatch, watchParent } from '../../platform/watchParent.js';
import { realEngineDeps, startsApart } from '../../rpc/EngineDeps.js';
import { RelayBackend } from '../../relay/RelayBackend.js';
import { redirectConsole, runStdioRelay } from '../../relay/runStdioRelay.js';
import { realSiteEnvironment } from '../../site/SiteFolder.js';

/** Whose the session is: its process id, and whether somebody else reads what it writes. */
export interface SessionArgs {
  readonly parent: number | undefined;
  readonly captured: boolean | undefined;
}

/** `stdio`: speaks with the PowerShell module that started it. */
export async function runStdio({ parent, captured }: SessionArgs): Promise<number> {
  // The session sends what it read of them.
  forgetSecrets(process.env);
  redirectConsole((text) => process.stderr.write(text));
  // Ctrl+C and a closed terminal reach the whole process group: they end the caller's wait, not this process.
  process.on('SIGINT', () => undefined).on('SIGHUP', () => undefined);
  return runStdioRelay({
    input: process.stdin,
    output: process.stdout,
    log: (line) => void process.stderr.write(`${line}\n`),
    version: packageVersion(),
    // Its own ends are pipes to the session in any case: what counts is what the session says of its own.
    backend: new RelayBackend(realSiteEnvironment(), {
      ...realEngineDeps(),
      startsApart: startsApart(process.platform, captured !== true),
    }),
    watchParent: (onGone) => watchParent(onGone, realParentWatch, parent),
  });
}
