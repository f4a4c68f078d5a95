import { chmodSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite, repositoryRoot, runInSession, runPowerShellJson } from '../powershell/powershellEngine.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { IMPORT_MODULE, quoted } from './fakeSession.js';
import { moduleScripts } from './moduleScripts.js';

const read = (...parts: readonly string[]): string => readFileSync(join(repositoryRoot(), ...parts), 'utf8');
const about = read('en-US', 'about_ConfigMgrSync.help.txt');

describe('cmdlets: about_ConfigMgrSync', () => {
  it('is ASCII of 80 columns', () => {
    expect(about).to.match(/^[\n\x20-\x7e]*$/);
    expect(about.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
  });

  it('describes every environment variable of the module', () => {
    const names = new Set(
      moduleScripts().flatMap(({ text }) => [...text.matchAll(/CONFIGMGRSYNC_[A-Z_]+/g)].map(([name]) => name)),
    );
    expect(names).to.include('CONFIGMGRSYNC_HOME');
    for (const name of names) expect(about, name).to.match(new RegExp(`^    ${name} `, 'm'));
  });

  it('names, together with docs/commands.md, every exported command', () => {
    const named = new Set(
      [about, read('docs', 'commands.md')].flatMap((text) =>
        [...text.matchAll(/\b[A-Z][a-z]+-CM[A-Za-z]+/g)].map(([name]) => name),
      ),
    );
    const exported = [...read('ConfigMgrSync.psd1').matchAll(/'([A-Z][a-z]+-CM[A-Za-z]+)'/g)].map(([, name]) =>
      String(name),
    );
    expect(exported).to.include('Get-CMSoftwareUpdateSummarizationSchedule');
    expect(exported.filter((name) => !named.has(name))).to.deep.equal([]);
  });
});

powershellSuite('cmdlets: Get-Help', (engine) => {
  const folder = temporaryFolder();
  const topics = readdirSync(join(repositoryRoot(), 'en-US')).map((file) => file.replace('.help.txt', ''));

  for (const LANG of ['en_US.UTF-8', 'de_DE.UTF-8', 'C']) {
    it(`finds the topics from the source tree, where the language is ${LANG}`, async () => {
      const script = `${IMPORT_MODULE}ConvertTo-Json -Compress @(${topics.map(quoted).join(', ')} | ForEach-Object {
  [string] (Get-Help $_) })`;
      // The language is asked for when a process starts.
      const texts = await runPowerShellJson<string[]>(engine(), script, { env: { LANG, LC_ALL: LANG } });
      expect(topics).to.include.members(['about_ConfigMgrSync', 'about_ConfigMgrSync_Errors']);
      expect(texts.map((text) => text.replaceAll('\r\n', '\n').trim())).to.deep.equal(
        topics.map((name) => read('en-US', `${name}.help.txt`).trim()),
      );
    });
  }

  it('-Online opens the page of the command', async function () {
    if (process.platform === 'win32') this.skip();
    const browser = join(folder(), process.platform === 'darwin' ? 'open' : 'xdg-open');
    const opened = join(folder(), 'opened');
    writeFileSync(browser, `#!/bin/sh\necho "$@" >> '${opened}.new'\nmv '${opened}.new' '${opened}'\n`);
    chmodSync(browser, 0o755);
    // The session ends its scripts together with what they have started.
    const script = `${IMPORT_MODULE}Get-Help Get-CMSyncLog -Online
while (-not [System.IO.File]::Exists(${quoted(opened)})) { Start-Sleep -Milliseconds 50 }`;
    const env = { PATH: `${folder()}${delimiter}${process.env['PATH'] ?? ''}` };
    const { stderr } = await runInSession(engine(), script, { env });
    expect(stderr).to.equal('');
    expect(readFileSync(opened, 'utf8').trim()).to.equal(
      'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/log-files',
    );
  });
});
