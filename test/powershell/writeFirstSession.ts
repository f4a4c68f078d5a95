/**
 * `node dist/test/powershell/writeFirstSession.js`: types the commands of docs/first-session.md again and writes what
 * was shown into it.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSampleUpstream } from '../bench/SampleUpstream.js';
import { removeHome } from '../fixtures/removeHome.js';
import {
  DOCUMENTED_UPSTREAM,
  firstSessionCommands,
  firstSessionFile,
  OTHER_WINDOW,
  transcriptScript,
} from './firstSession.js';
import { locatePowerShell, repositoryRoot, runPowerShell } from './powershellEngine.js';

/** The name of this machine is not of interest; columns stay where they are. */
const renamed = (found: string): string => 'CMSERVER'.padEnd(found.length);

const engine = await locatePowerShell();
if ('missing' in engine) throw new TypeError(engine.missing);
const scratch = mkdtempSync(join(tmpdir(), 'configmgrsync-first-'));
const home = join(scratch, 'ConfigMgrSync');
mkdirSync(home);
const upstream = await startSampleUpstream(['--updates', '2000', '--seed', '1']);
try {
  const env = {
    CONFIGMGRSYNC_HOME: home,
    CONFIGMGRSYNC_SITE: undefined,
    CONFIGMGRSYNC_ENGINE_MAIN: undefined,
    CONFIGMGRSYNC_NODE: process.execPath,
  };
  const { stdout, stderr, exitCode } = await runPowerShell(
    engine,
    transcriptScript(join(repositoryRoot(), 'ConfigMgrSync.psd1'), firstSessionCommands(), upstream.url),
    { env },
  );
  if (exitCode !== 0) throw new TypeError(`${stdout}\n${stderr}`);
  const shown = stdout
    .replaceAll('\r\n', '\n')
    .replaceAll(scratch, '~')
    .replaceAll(upstream.url, DOCUMENTED_UPSTREAM)
    .replaceAll(new RegExp(`\\b${hostname()}\\b( *)`, 'g'), renamed)
    .trimEnd();
  const [narrow = '', wide = ''] = shown.split(OTHER_WINDOW).map((text) => text.trim());
  const block = (text: string): string => `\`\`\`powershell\n${text}\n\`\`\``;
  const [intro = ''] = readFileSync(firstSessionFile, 'utf8').split('```powershell');
  writeFileSync(firstSessionFile, `${intro}${block(narrow)}\n\n## In a window of 120 characters\n\n${block(wide)}\n`);
} finally {
  await upstream.stop();
  removeHome(home);
  rmSync(scratch, { recursive: true, force: true });
}
