import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite, repositoryRoot } from '../powershell/powershellEngine.js';
import { jsonOf, manifest, quoted, withFake } from './fakeSession.js';
import type { FakeSession } from './fakeSession.js';

/** Folders of sites below the root of a fake session; a text instead of a server is the whole site.json. */
function makeSites(fake: FakeSession, sites: Readonly<Record<string, { readonly server: string } | string>>): void {
  for (const [name, site] of Object.entries(sites)) {
    const folder = join(fake.folder, 'home', name);
    mkdirSync(folder, { recursive: true });
    const json = { siteCode: name, siteName: name, type: 'Primary', serverName: '' };
    const text = typeof site === 'string' ? site : JSON.stringify({ ...json, serverName: site.server }, undefined, 2);
    if (text !== '') writeFileSync(join(folder, 'site.json'), text);
  }
}

/** Imports the module once more, with what it says, into `$said`. */
const again = `$said = @(Import-Module ${quoted(manifest)} -Force 3>&1)`;

/** Runs a script in a runspace of its own, where the module is not imported yet, and gives what it gives. */
const inNewSession = (script: string): string =>
  `$shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
[void] $shell.AddScript(${quoted(script)})
@($shell.Invoke())[-1]
$shell.Streams.Error | ForEach-Object { [Console]::Error.WriteLine($_) }`;

powershellSuite('cmdlets: the drive of a site', (engine) => {
  it('is there after Connect-CMSyncSite, as the snippet of the product wants it, and chooses the site', () =>
    withFake('manySites', async (fake) => {
      const script =
        `$before = (Get-Location).Path
[void] (Connect-CMSyncSite ABC)
if ((Get-PSDrive -Name ABC -PSProvider CMSite -ErrorAction SilentlyContinue) -eq $null) { New-PSDrive -Name ABC ` +
        `-PSProvider CMSite -Root server }
[void] (New-PSDrive -Name XYZ -PSProvider CMSite -Root other)
[void] (Connect-CMSyncSite -SitePath ${process.cwd()})
[void] (Get-CMSoftwareUpdateSyncStatus)
Set-Location XYZ:\\
[void] (Get-CMSoftwareUpdateSyncStatus)
$items = @(Get-ChildItem).Count
Set-Location ABC:
$drive = (Get-Location).Drive
[void] (Get-CMSoftwareUpdateSyncStatus)
$missing = $null; try { Set-Location 'ABC:\\nowhere' -ErrorAction Stop } catch { $missing = ` +
        `$_.CategoryInfo.Category.ToString() }
Set-Location $before
[void] (Get-CMSoftwareUpdateSyncStatus)
[ordered]@{ drive = $drive.Name; provider = $drive.Provider.Name; root = $drive.Root; items = $items; missing = ` +
        `$missing } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        drive: 'ABC',
        provider: 'CMSite',
        root: 'server.contoso.com',
        items: 0,
        missing: 'ObjectNotFound',
      });
      const path = { sitePath: process.cwd() };
      expect(fake.notes('site/connect').map(({ value }) => value)).to.deep.equal([
        { siteCode: 'ABC' },
        // New-PSDrive asks for the site.
        { siteCode: 'XYZ' },
        path,
        { siteCode: 'XYZ' },
        { siteCode: 'ABC' },
        path,
      ]);
    }));

  it('is one of the folder for temporary files where the provider cannot be made, and does the same', () =>
    withFake('manySites', async (fake) => {
      const script =
        `& (Get-Module ConfigMgrSync) { Register-CMSyncDrive -SiteCode ABC -ServerName s -WithoutProvider }
[void] (Connect-CMSyncSite ABC)
Set-Location ABC:\\
[void] (Connect-CMSyncSite XYZ)
[void] (Get-CMSoftwareUpdateSyncStatus)
[ordered]@{ provider = (Get-Location).Drive.Provider.Name; isTemporary = (Get-Location).Drive.Root.TrimEnd('\\', ` +
        `'/') -eq [System.IO.Path]::GetTempPath().TrimEnd('\\', '/') } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({ provider: 'FileSystem', isTemporary: true });
      expect(fake.notes('site/connect').at(-1)?.value).to.deep.equal({ siteCode: 'ABC' });
    }));

  it('is one of the class in C#, which the package and Windows PowerShell have, with all that the other one does', () =>
    withFake('manySites', async (fake) => {
      const source = join(repositoryRoot(), 'cmdlets', 'provider', 'CMSiteProvider.cs');
      const script = inNewSession(`$type = Add-Type -PassThru -TypeDefinition (Get-Content -Raw ${quoted(source)})
Import-Module -Assembly $type.Assembly
Import-Module ${quoted(manifest)}
[void] (Connect-CMSyncSite ABC -WarningVariable said 3>$null)
Set-Location ABC:\\
$missing = $null
try { Set-Location 'ABC:\\nowhere' -ErrorAction Stop } catch { $missing = [string] $_.CategoryInfo.Category }
$provider = (Get-Location).Drive.Provider
$other = @(New-PSDrive -Name XYZ -PSProvider CMSite -Root other 3>&1).Count
Set-Location CMSite::server.contoso.com
[ordered]@{ type = $provider.ImplementingType.FullName; isClass = $provider.ImplementingType.Assembly.IsDynamic
  items = @(Get-ChildItem).Count; missing = $missing; said = @($said).Count; other = $other
  path = (Get-Location).ProviderPath
} | ConvertTo-Json -Compress`);
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        type: 'CMSiteProvider',
        isClass: false,
        items: 0,
        missing: 'ObjectNotFound',
        said: 0,
        // The warning and the drive.
        other: 2,
        path: 'server.contoso.com',
      });
    }));

  it('is not one of the provider of another module, and the warning names that', () =>
    withFake('manySites', async (fake) => {
      const script =
        inNewSession(`$type = Add-Type -PassThru -TypeDefinition 'using System.Management.Automation.Provider;
[CmdletProvider("CMSite", ProviderCapabilities.None)] public class TheirSiteProvider : DriveCmdletProvider { }'
Import-Module -Assembly $type.Assembly
Import-Module ${quoted(manifest)}
[void] (Connect-CMSyncSite ABC -WarningVariable said 3>$null)
[ordered]@{ provider = (Get-PSDrive ABC).Provider.Name; said = [string] $said[0] } | ConvertTo-Json -Compress`);
      const { provider, said } = await jsonOf<{ provider: string; said: string }>(engine(), fake, script);
      expect(provider).to.equal('FileSystem');
      expect(said).to.match(
        /provider CMSite could not be loaded: the module dynamic_code_module_.* has a provider of that name\. Set/,
      );
    }));

  it('warns where a drive of that name is of something else, as ENV: is', () =>
    withFake('manySites', async (fake) => {
      const script = `[void] (New-PSDrive -Name ABC -PSProvider Environment -Root '')
[void] (Connect-CMSyncSite ABC -WarningVariable said 3>$null)
[void] (Connect-CMSyncSite -SitePath ${process.cwd()})
Set-Location ABC:
[void] (Get-CMSoftwareUpdateSyncStatus)
[string] $said[0] | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.match(/already has a drive ABC: of the provider Environment/);
      // The site that was chosen is meant there, not the one of that name.
      expect(fake.notes('site/connect').at(-1)?.value).to.deep.equal({ sitePath: process.cwd() });
    }));

  it('leaves a drive of that name alone', () =>
    withFake('manySites', async (fake) => {
      const script =
        `[void] (New-PSDrive -Name ABC -PSProvider FileSystem -Root ` +
        `([System.IO.Path]::GetTempPath()) -Description mine)
[void] (Connect-CMSyncSite ABC)
(Get-PSDrive ABC).Description | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.equal('mine');
    }));

  it('is made for each site of the machine by the import, which starts no engine', () =>
    withFake('', async (fake) => {
      const sites = { ABC: { server: 'sup.contoso.com' }, XYZ: { server: 'b' }, BAD: 'no site', NIL: '', Logs: '{}' };
      makeSites(fake, { ...sites, ENV: { server: 'c' } });
      const script = `${again}
$drives = @(Get-PSDrive -PSProvider CMSite | ForEach-Object { "$($_.Name) $($_.Root)" } | Sort-Object)
ConvertTo-Json -Compress @($drives, [string[]] @($said))`;
      const [drives, said] = await jsonOf<[string[], string[]]>(engine(), fake, script);
      expect(drives).to.deep.equal(['ABC sup.contoso.com', 'XYZ b']);
      expect(said)
        .to.have.length(1)
        .and.to.match(/already has a drive ENV: of the provider Environment/);
      expect(fake.all()).to.deep.equal([]);
    }));

  it('outlives Import-Module -Force, as the choice of a site does', () =>
    withFake('manySites', async (fake) => {
      const script = `[void] (Connect-CMSyncSite -SitePath ${process.cwd()})
${again}
[void] (Get-CMSoftwareUpdateSyncStatus)
Set-Location DEF:
${again}
[void] (Get-CMSoftwareUpdateSyncStatus)
(Get-Location).Drive.Name | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.equal('DEF');
      expect(fake.notes('site/connect').map(({ value }) => value)).to.deep.equal([
        { sitePath: process.cwd() },
        { sitePath: process.cwd() },
        { sitePath: process.cwd() },
      ]);
    }));

  it('is not made by New-PSDrive where there is no such site, and says where it is of another server', () =>
    withFake('fail=site/connect', async (fake) => {
      const script = `$drive = @{ Name = 'QQQ'; PSProvider = 'CMSite'; Root = 's' }
$caught = try { New-PSDrive @drive -ErrorAction Stop } catch { [string] $_ }
$silent = @(New-PSDrive @drive -ErrorAction SilentlyContinue 2>&1).Count
ConvertTo-Json -Compress @($caught, $silent, @(Get-PSDrive QQQ -ErrorAction Ignore).Count)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(['There is no run 9 (\u00e9).', 0, 0]);
    }));

  it('says where New-PSDrive names another server than that of the site', () =>
    withFake('', async (fake) => {
      const script = `$said = foreach ($root in 'server.contoso.com', 'SERVER', 'other') {
    # The drive, and the warning.
    @(New-PSDrive -Name ABC -PSProvider CMSite -Root $root 3>&1).Count - 1
    Remove-PSDrive ABC
}
ConvertTo-Json -Compress $said`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([0, 0, 1]);
    }));

  it('keeps the module from being imported in no case', () =>
    withFake('', async (fake) => {
      const script = `$shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
$shell.Runspace.SessionStateProxy.LanguageMode = 'ConstrainedLanguage'
[void] $shell.AddCommand('Import-Module').AddParameter('Name', ${quoted(manifest)}).AddStatement()
[void] $shell.AddScript('(Get-Module ConfigMgrSync).Version.Major')
$seen = @($shell.Invoke())
$file = Join-Path ([System.IO.Path]::GetTempPath()) ([guid]::NewGuid())
Set-Content $file 'no folder'
$env:CONFIGMGRSYNC_HOME = $file
${again}
Remove-Item $file
ConvertTo-Json -Compress @([string] $seen[0], $shell.Streams.Error.Count, @($said).Count)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(['0', 0, 0]);
    }));
});
