import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { quoted, withFake } from '../cmdlets/fakeSession.js';
import { installOnce } from '../powershell/installOnce.js';
import { powershellSuite, repositoryRoot, runPowerShellJson } from '../powershell/powershellEngine.js';
import { cacheFolder } from '../powershell/powershellTool.js';

type CompileProvider = (folder: string, dotnet?: string) => Promise<string | undefined>;

const provider = join(repositoryRoot(), 'cmdlets', 'provider');

async function compiler(): Promise<CompileProvider> {
  const file = join(repositoryRoot(), 'server', 'bootstrap', 'package', 'compileProvider.mjs');
  return ((await import(pathToFileURL(file).href)) as { compileProvider: CompileProvider }).compileProvider;
}

/** The provider of these sources, compiled once for each machine; or why it could not be. */
async function compiledOnce(): Promise<{ readonly folder: string; readonly failure: string | undefined }> {
  const sources = ['AdminUI.PS.Provider.csproj', 'CMSiteProvider.cs'].map((name) => readFileSync(join(provider, name)));
  const mark = createHash('sha256').update(Buffer.concat(sources)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder(process.platform, process.env, homedir()), `provider-${mark}`);
  const compile = await compiler();
  const failure = await installOnce(folder, async (target) => {
    mkdirSync(join(target, 'cmdlets', 'provider'), { recursive: true });
    return compile(target);
  });
  return { folder, failure };
}

powershellSuite('package: the compiled provider', (engine) => {
  it('bears the name of the product, in a module that has it', async function () {
    this.timeout(600_000);
    const { folder, failure } = await compiledOnce();
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
    const compile = await compiler();
    expect(await compile(tmpdir(), join(tmpdir(), 'no-dotnet-is-here'))).to.match(/not on this machine/);
  });
});
