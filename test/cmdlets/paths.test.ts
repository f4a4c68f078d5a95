import { mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, jsonOf, manifest, quoted, withFake } from './fakeSession.js';
import type { Caught } from './fakeSession.js';

powershellSuite('cmdlets: paths', (engine) => {
  it('are relative to the folder of the session, on a drive of PowerShell and on the drive of a site', () =>
    withFake('', async (fake) => {
      const folder = join(realpathSync(fake.folder), 'a [b]');
      mkdirSync(folder);
      const script =
        `[void] (New-PSDrive -Name Work -PSProvider FileSystem -Root ${quoted(folder)})
Set-Location -LiteralPath ${quoted(folder)}
$texts = './lab', 'x/../lab', 'lab[1].cab', 'Work:/lab', '~/lab', ` +
        `'Microsoft.PowerShell.Core\\FileSystem::${folder.replaceAll("'", "''")}/lab', ${quoted(join(folder, 'abs'))}
$resolve = { & (Get-Module ConfigMgrSync) { param($texts, $caller) foreach ($text in $texts) { Resolve-CMSyncPath ` +
        `-Path $text -Caller $caller } } $texts $PSCmdlet }
function Resolve-All { [CmdletBinding()] param() . $resolve }
$files = @(Resolve-All)
[void] (Connect-CMSyncSite ABC)
Set-Location ABC:
$site = @(Resolve-All)
ConvertTo-Json -Compress @{ files = $files; site = $site }`;
      const lab = join(folder, 'lab');
      const expected = [lab, lab, join(folder, 'lab[1].cab'), lab, join(homedir(), 'lab'), lab, join(folder, 'abs')];
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({ files: expected, site: expected });
    }));

  it('of every command reach the engine whole from the drive of a site', () =>
    withFake('', async (fake) => {
      const folder = realpathSync(fake.folder);
      const script =
        `Set-Location -LiteralPath ${quoted(folder)}; [void] (Connect-CMSyncSite ABC); Set-Location ABC:
[void] (New-CMSyncSite LAB -Path ./lab); [void] (Connect-CMSyncSite -SitePath lab); [void] (Export-CMSyncCatalog ` +
        `./out.cab 3> $null)
[void] (Import-CMSyncCatalog in.cab -WhatIf 3> $null); Save-CMSoftwareUpdate -DeploymentPackageName p ` +
        `-SoftwareUpdateId 5 -Location from
'1'`;
      await jsonOf(engine(), fake, script);
      const sent = (method: string, name: string): unknown => fake.notes(method).at(-1)?.value[name];
      expect([
        sent('site/new', 'path'),
        sent('catalog/export', 'path'),
        sent('catalog/inspect', 'path'),
        sent('content/save', 'location'),
      ]).to.deep.equal(['lab', 'out.cab', 'in.cab', 'from'].map((name) => join(folder, name)));
      expect(fake.notes('site/connect').map(({ value }) => value['sitePath'])).to.include(join(folder, 'lab'));
    }));

  it('are refused where they name no files', () =>
    withFake('', async (fake) => {
      const caught = await jsonOf<Caught>(
        engine(),
        fake,
        errorOf("[void] (Connect-CMSyncSite ABC); Export-CMSyncCatalog 'ABC:\\out.cab'"),
      );
      expect(caught.id).to.equal('ContradictoryParameters,Export-CMSyncCatalog');
      expect(caught.message).to.contain('CMSite');
      expect(fake.notes('catalog/export')).to.have.length(0);
    }));

  it('of the module itself are found from a drive that is no file system', () =>
    withFake('', async (fake) => {
      const script =
        `foreach ($drive in 'Env:', 'Variable:', 'Function:') { Set-Location $drive; ` +
        `Import-Module ${quoted(manifest)} -Force -ErrorAction Stop; [void] (Get-CMSoftwareUpdateSyncStatus) }
@(Get-Command -Module ConfigMgrSync).Count`;
      expect(await jsonOf<number>(engine(), fake, script)).to.be.greaterThan(40);
      expect(fake.notes('status/get')).to.have.length(3);
    }));
});
