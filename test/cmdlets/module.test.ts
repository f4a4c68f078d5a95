import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite, repositoryRoot } from '../powershell/powershellEngine.js';
import { loadSurface } from '../parity/surface.js';
import { commandHelp } from './commandHelp.js';
import { jsonOf, manifest, quoted, withFake } from './fakeSession.js';
import { moduleScripts } from './moduleScripts.js';

const scripts = moduleScripts();
const commands = scripts.filter(({ folder }) => folder === 'public');
const exported = commands.map(({ name }) => name);
const PRODUCTS = new Set(loadSurface().commands.map(({ name }) => name));

/** Where the product describes a command of its own. */
const pageOf = (name: string): string | undefined =>
  PRODUCTS.has(name)
    ? `https://learn.microsoft.com/powershell/module/configurationmanager/${name.toLowerCase()}`
    : undefined;

powershellSuite('cmdlets: the module', (engine) => {
  it('exports exactly the functions of cmdlets/public, and nothing else', () =>
    withFake('', async (fake) => {
      const script =
        `$module = Get-Module ConfigMgrSync
ConvertTo-Json -Compress @(@($module.ExportedCommands.Keys | Sort-Object), @($module.ExportedVariables.Keys), ` +
        `@($module.ExportedAliases.Keys))`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([exported, [], []]);
    }));

  it('starts nothing when it is imported', () =>
    withFake('', async (fake) => {
      await jsonOf(engine(), fake, "'1'");
      expect(fake.notes('hello')).to.have.length(0);
    }));

  for (const name of exported) {
    it(`${name} has complete help, which begins its links with a page`, async () => {
      const help = (await commandHelp(engine()))[name]!;
      expect(help.synopsis).to.match(/^[A-Z][^[\]]+\.$/);
      expect(help.description.length).to.be.greaterThan(60);
      expect(help.examples.length).to.be.at.least(2);
      for (const remark of help.examples)
        expect(remark.trim().length, 'an example without a sentence').to.be.greaterThan(10);
      expect(help.links.slice(0, 2)).to.deep.equal([help.helpUri, 'about_ConfigMgrSync']);
      expect(help.helpUri).to.equal(pageOf(name) ?? help.helpUri);
      expect(help.helpUri).to.match(/^https:\/\/learn\.microsoft\.com\/[a-z/-]+$/);
      expect(help.undescribed).to.deep.equal([]);
      expect(help.outputs).to.equal(1);
    });
  }

  it('is imported without a warning, such as that of a verb that is not approved', () =>
    withFake('', async (fake) => {
      const script =
        `Remove-Module ConfigMgrSync; Import-Module ${quoted(manifest)} -WarningVariable warned ` +
        `-WarningAction SilentlyContinue; ConvertTo-Json -Compress @($warned | ForEach-Object { [string] $_ })`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([]);
    }));
});

describe('cmdlets: the scripts', () => {
  for (const { folder, name, text } of scripts) {
    it(`${folder}/${name}.ps1 holds one function of that name, in ASCII, without Write-Host or a prompt`, () => {
      expect(text.match(/^function \S+/gm)).to.deep.equal([`function ${name}`]);
      expect(text)
        .to.match(/^[\x00-\x7f]*$/)
        .and.to.match(/\[CmdletBinding\(/)
        .and.to.match(/\[OutputType\(/);
      expect(text).to.not.match(/Write-Host|Read-Host|ShouldContinue|PromptForChoice|Format-(Table|List)/);
      expect(text.split('\n').filter((line) => line.length > 150 && !line.includes('PS>'))).to.deep.equal([]);
    });
  }

  it('that are private lie in a folder of what they are about, none alone', () => {
    const folders = scripts.map(({ folder }) => folder).filter((folder) => folder !== 'public');
    const alone = folders.filter((one) => folders.filter((other) => other === one).length < 2);
    expect([...alone, ...folders.filter((folder) => !/^private\/[a-z]+$/.test(folder))]).to.deep.equal([]);
  });

  for (const { name, text } of commands) {
    it(`${name} is thin`, () => {
      const code = text.replace(/<#[\s\S]*?#>/, '').replace(/ {4}param\([\s\S]*?\n {4}\)\n/, '');
      expect(code.split('\n').filter((line) => line.trim() !== '').length).to.be.at.most(60);
    });
  }

  it('about_ConfigMgrSync_Errors lists every id of the table, with what to do', () => {
    const table = JSON.parse(readFileSync(join(repositoryRoot(), 'schemas', 'errors.json'), 'utf8')) as Record<
      string,
      { nextStep: string; message: string }
    >;
    const text = readFileSync(join(repositoryRoot(), 'en-US', 'about_ConfigMgrSync_Errors.help.txt'), 'utf8');
    expect(
      [...text.matchAll(/^ {4}([A-Z][A-Za-z]+)$/gm)].map(([, id]) => id).filter((id) => id !== undefined),
    ).to.deep.equal([...Object.keys(table), 'about_ConfigMgrSync'].filter((id) => id in table));
    const flat = text.replace(/\s+/g, ' ');
    for (const { message, nextStep } of Object.values(table)) expect(flat).to.contain(message).and.to.contain(nextStep);
  });
});
