/** A stdio relay in a process of its own whose engines are fake. */
import { packageVersion } from '../../server/platform/packageFolder.js';
import { watchParent } from '../../server/platform/watchParent.js';
import { realEngineDeps } from '../../server/rpc/EngineDeps.js';
import { RelayBackend } from '../../server/relay/RelayBackend.js';
import { redirectConsole, runStdioRelay } from '../../server/relay/runStdioRelay.js';
import { realSiteEnvironment } from '../../server/site/SiteFolder.js';
import { fakeEngine } from './fakeEngineSite.js';

redirectConsole((text) => process.stderr.write(text));
globalThis.console.info('a package talks');
process.on('SIGINT', () => undefined).on('SIGHUP', () => undefined);
const code = await runStdioRelay({
  input: process.stdin,
  output: process.stdout,
  log: (line) => void process.stderr.write(`${line}\n`),
  version: packageVersion(),
  backend: new RelayBackend(realSiteEnvironment(), { ...realEngineDeps(), engineCommand: [fakeEngine] }),
  watchParent,
});
process.exit(code);
