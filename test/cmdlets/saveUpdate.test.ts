import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Save-CMSoftwareUpdate', (engine) => {
  it('sends names, ids and objects, and nothing of groups', () =>
    withFake('', async (fake) => {
      const script =
        `$group = [pscustomobject]@{ CI_ID = 5 }; $group.PSObject.TypeNames.Insert(0, ` +
        `'Deserialized.IResultObject#SMS_AuthorizationList')
$out = @(Save-CMSoftwareUpdate -DeploymentPackageName p -SoftwareUpdateName 'a*', b -ForceWildcardHandling ` +
        `-SoftwareUpdateLanguage English -RetryCount 3 -RetryDelaySec 1
Save-CMSoftwareUpdate -DeploymentPackageName p -SoftwareUpdateId 5, '6'
$update = Get-CMSoftwareUpdate -Fast | Select-Object -First 1
$saved = [Management.Automation.PSSerializer]::Serialize($update)
$update, [Management.Automation.PSSerializer]::Deserialize($saved) | Save-CMSoftwareUpdate -DeploymentPackageName p
Save-CMSoftwareUpdate -DeploymentPackageName p -SoftwareUpdateName c -WhatIf 3> $null
$group | Save-CMSoftwareUpdate -DeploymentPackageName p -WarningVariable warned -WarningAction SilentlyContinue
Save-CMSoftwareUpdate -DeploymentPackageName p -SoftwareUpdateGroupName g -WarningVariable +warned -WarningAction ` +
        `SilentlyContinue)
ConvertTo-Json -Compress @($out.Count, $warned.Count)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([0, 2]);
      const sent = fake
        .notes('content/save')
        .map(({ value }) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'requestId')));
      expect(sent).to.deep.equal([
        {
          packageName: 'p',
          names: ['a*', 'b'],
          wildcard: true,
          languages: ['English'],
          retryCount: 3,
          retryDelaySec: 1,
        },
        { packageName: 'p', ciIds: [5] },
        { packageName: 'p', ciIds: [6] },
        { packageName: 'p', ciIds: [1] },
        { packageName: 'p', ciIds: [1] },
      ]);
    }));

  it('gives an error for each file that cannot be had', () =>
    withFake('saveFails', async (fake) => {
      const script =
        'Save-CMSoftwareUpdate -DeploymentPackageName p -SoftwareUpdateId 5, 6 -ErrorVariable caught -ErrorAction ' +
        'SilentlyContinue\nConvertTo-Json -Compress @($caught | ForEach-Object { $_.FullyQualifiedErrorId; ' +
        '$_.TargetObject.FileName })';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        'ContentMissing,Save-CMSoftwareUpdate',
        'größe.cab',
        'ContentMissing,Save-CMSoftwareUpdate',
        'größe.cab',
      ]);
    }));
});
