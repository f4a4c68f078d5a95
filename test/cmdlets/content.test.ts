import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: content and groups of software updates', (engine) => {
  it('Get-CMSoftwareUpdateContentInfo asks by id, name, unique id and object', () =>
    withFake('', async (fake) => {
      const script =
        `$CMPSSuppressFastNotUsedCheck = $true
$update = @(Get-CMSoftwareUpdate -Fast)[0]
$files = @(Get-CMSoftwareUpdateContentInfo -CI_ID ' 5 '; $update | Get-CMSoftwareUpdateContentInfo
  $saved = [Management.Automation.PSSerializer]::Serialize($update)
[Management.Automation.PSSerializer]::Deserialize($saved) | Get-CMSoftwareUpdateContentInfo
  Get-CMSoftwareUpdateContentInfo -LocalizedDisplayName 'a*'; Get-CMSoftwareUpdateContentInfo -Name 'a*' ` +
        `-ForceWildcardHandling; Get-CMSoftwareUpdateContentInfo -CI_UniqueID u)
$files[0] | Select-Object FileName, FileSize, ContentLocales, @{ n = 'count'; e = { $files.Count } } | ` +
        `ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        FileName: 'größe.cab',
        FileSize: 5_000_000_000,
        ContentLocales: ['en'],
        count: 6,
      });
      expect(fake.notes('content/list').map(({ value }) => value)).to.deep.equal([
        { ciIds: [5] },
        { ciIds: [1] },
        { ciIds: [1] },
        { names: ['a*'], wildcard: false },
        { names: ['a*'], wildcard: true },
        { uniqueIds: ['u'] },
      ]);
    }));

  it('there are no groups, and no updates in them', () =>
    withFake('', async (fake) => {
      const script =
        `$group = [pscustomobject]@{ CI_ID = 5 }; $group.PSObject.TypeNames.Insert(0, ` +
        `'Deserialized.IResultObject#SMS_AuthorizationList')
$found = @(Get-CMSoftwareUpdateGroup; Get-CMSoftwareUpdateGroup -Name 'x*'; Get-CMSoftwareUpdateGroup -CI_ID 5, 6
  & { Get-CMSoftwareUpdate -Fast -UpdateGroupName x; Get-CMSoftwareUpdate -Fast -UpdateGroupId 5; $group | ` +
        `Get-CMSoftwareUpdate -Fast } -WarningVariable warned 3> $null)
Get-CMSoftwareUpdate -Fast -UpdateGroup $group -WarningVariable warned -WarningAction SilentlyContinue
[void] @(Get-CMSoftwareUpdateCategory -Fast | Get-CMSoftwareUpdate -Fast -Severity Critical; ` +
        `Get-CMSoftwareUpdateCategory -Fast | Get-CMSoftwareUpdate -Fast)
$caught = $null; try { 5 | Get-CMSoftwareUpdate -Fast -ErrorAction Stop } catch { $caught = $_ }
ConvertTo-Json -Compress @($found.Count, [string] $warned[0], $caught.FullyQualifiedErrorId)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        0,
        'A site here has no update groups, so no software update is in one.',
        'ContradictoryParameters,Get-CMSoftwareUpdate',
      ]);
      expect(fake.notes('update/list').map(({ value }) => value['categoryUniqueId'])).to.deep.equal([
        ['Product:0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e'],
        ['Product:0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e'],
      ]);
    }));
});
