import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startSampleUpstream } from '../bench/SampleUpstream.js';
import { removeHome } from '../fixtures/removeHome.js';
import { firstSessionCommands, OTHER_WINDOW, SESSION_WIDTHS, transcriptScript } from './firstSession.js';
import { powershellSuite, repositoryRoot, runPowerShell } from './powershellEngine.js';

powershellSuite('docs/first-session.md', (engine) => {
  it('can be typed as it stands', async () => {
    const home = mkdtempSync(join(tmpdir(), 'configmgrsync-first-'));
    const upstream = await startSampleUpstream(['--updates', '300', '--seed', '1']);
    try {
      const commands = firstSessionCommands();
      const env = {
        CONFIGMGRSYNC_HOME: home,
        CONFIGMGRSYNC_SITE: undefined,
        CONFIGMGRSYNC_ENGINE_MAIN: undefined,
        CONFIGMGRSYNC_NODE: process.execPath,
      };
      const { stdout, stderr, exitCode } = await runPowerShell(
        engine(),
        transcriptScript(join(repositoryRoot(), 'ConfigMgrSync.psd1'), commands, upstream.url),
        { env },
      );
      expect(stderr).to.equal('');
      expect(exitCode).to.equal(0);
      expect(commands.length).to.be.greaterThan(8);
      const windows = stdout.split(OTHER_WINDOW);
      SESSION_WIDTHS.forEach((width, at) => {
        const lines = (windows[at] ?? '').split(/\r?\n/);
        expect(lines.filter((line) => line.startsWith('PS> ')).map((line) => line.slice(4))).to.deep.equal(commands);
        // Texts of the log are as long as they are.
        for (const rule of lines.filter((line) => /^[- ]*--[- ]*$/.test(line)))
          expect(rule.length, rule).to.be.at.most(width);
      });
      expect(readdirSync(home)).to.deep.equal(['ABC']);
    } finally {
      await upstream.stop();
      removeHome(home);
    }
  });
});
