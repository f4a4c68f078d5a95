import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { quoted, withFake } from '../cmdlets/fakeSession.js';
import { powershellSuite, repositoryRoot, runPowerShellJson } from '../powershell/powershellEngine.js';
import { compiledOnce, compilerOf } from './compiledOnce.js';

const provider = join(repositoryRoot(), 'cmdlets', 'provider');
const sources = ['AdminUI.PS.Provider.csproj', 'CMSiteProvider.cs'].map((name) => join(provider, name));

powershellSuite('package: the compiled provider', (engine) => {
  it('bears the name of the product, in a module that has it', async function () {
    this.timeout(600_000);
    const { folder, failure } = await compiledOnce('compileProvider', sources);
    if (failure?.includes('not on this machine') === true) return this.skip();
    expect(failure).to.equal(undefined);
    const copy = mkdtempSync(join(tmpdir(), 'configmgrsync-provider-'));
    try {
      for (const name of ['ConfigMgrSync.psd1', 'cmdlets', 'schemas'])
        cpSync(join(repositoryRoot(), name), join(copy, name), { recursive: true });
      cpSync(folder, copy, { recursive: true });
      await withFake('', async (fake) => {
        const script = `Import-Module ${quoted(join(copy, 'ConfigMgrSync.psd1'))}
[void] (Connect-CMSyncSite ABC)
$drive = @((Get-PSProvider 'AdminUI.PS.Provider\\CMSite').Drives)
Set-Location 'AdminUI.PS.Provider\\CMSite::server.contoso.com'
$site = (Get-CMSite)[0].SiteCode
$other = @(New-PSDrive -Name ABD -PSProvider CMSite -Root other 3>&1).Count
[ordered]@{ name = $drive[0].Name; provider = [string] $drive[0].Provider; site = $site; other = $other } |
    ConvertTo-Json -Compress`;
        expect(await runPowerShellJson(engine(), script, { env: fake.env })).to.deep.equal({
          name: 'ABC',
          provider: 'AdminUI.PS.Provider\\CMSite',
          site: 'CS1',
          other: 2,
        });
      });
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  });

  it('is left out where there is no .NET SDK, with the reason', async () => {
    const compile = await compilerOf('compileProvider');
    expect(await compile(tmpdir(), join(tmpdir(), 'no-dotnet-is-here'))).to.match(/not on this machine/);
  });
});
