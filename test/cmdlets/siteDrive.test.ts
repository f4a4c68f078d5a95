import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

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

  it('is one of the class that Windows PowerShell compiles, with all that the other one does', () =>
    withFake('manySites', async (fake) => {
      const script =
        `& (Get-Module ConfigMgrSync) { Register-CMSyncProvider -Edition Desktop }
[void] (Connect-CMSyncSite ABC -WarningVariable said 3>$null)
Set-Location ABC:\\
$missing = $null
try { Set-Location 'ABC:\\nowhere' -ErrorAction Stop } catch { $missing = [string] $_.CategoryInfo.Category }
$provider = (Get-Location).Drive.Provider
[ordered]@{ type = $provider.ImplementingType.FullName; isClass = $provider.ImplementingType.Assembly.IsDynamic; ` +
        `root = (Get-Location).Drive.Root; items = @(Get-ChildItem).Count; missing = $missing; ` +
        `said = @($said).Count } | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        type: 'CMSiteProvider',
        isClass: false,
        root: 'server.contoso.com',
        items: 0,
        missing: 'ObjectNotFound',
        said: 0,
      });
    }));

  it('is not one of the provider of another module, and the warning names that', () =>
    withFake('manySites', async (fake) => {
      const script = `$type = Add-Type -PassThru -TypeDefinition 'using System.Management.Automation.Provider;
[CmdletProvider("CMSite", ProviderCapabilities.None)] public class TheirSiteProvider : DriveCmdletProvider { }'
Import-Module -Assembly $type.Assembly
[void] (Connect-CMSyncSite ABC -WarningVariable said 3>$null)
[ordered]@{ provider = (Get-PSDrive ABC).Provider.Name; said = [string] $said[0] } | ConvertTo-Json -Compress`;
      const { provider, said } = await jsonOf<{ provider: string; said: string }>(engine(), fake, script);
      expect(provider).to.equal('FileSystem');
      expect(said).to.match(
        /provider CMSite could not be made: the module dynamic_code_module_.* has a provider of that name\. Set/,
      );
    }));

  it('warns where a drive of that name is of something else, as ENV: is', () =>
    withFake('manySites', async (fake) => {
      const script = `[void] (New-PSDrive -Name ABC -PSProvider Environment -Root '')
[void] (Connect-CMSyncSite ABC -WarningVariable said 3>$null)
[string] $said[0] | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.match(/already has a drive ABC: of the provider Environment/);
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
});
