import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { repositoryRoot } from '../powershell/powershellEngine.js';

const read = (...parts: readonly string[]): string => readFileSync(join(repositoryRoot(), ...parts), 'utf8');
const cmdlets = ['public', 'private'].flatMap((folder) =>
  readdirSync(join(repositoryRoot(), 'cmdlets', folder)).map((file) => read('cmdlets', folder, file)),
);
const about = read('cmdlets', 'en-US', 'about_ConfigMgrSync.help.txt');

describe('cmdlets: about_ConfigMgrSync', () => {
  it('is ASCII of 80 columns', () => {
    expect(about).to.match(/^[\n\x20-\x7e]*$/);
    expect(about.split('\n').filter((line) => line.length > 80)).to.deep.equal([]);
  });

  it('describes every environment variable of the module', () => {
    const names = new Set(
      cmdlets.flatMap((text) => [...text.matchAll(/CONFIGMGRSYNC_[A-Z_]+/g)].map(([name]) => name)),
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
