import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorsOf, jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: maintenance tasks and counts of messages', (engine) => {
  it('name what is meant, and what has no effect', () =>
    withFake('', async (fake) => {
      const script = `$days = @{ DeleteOlderThanDays = 90 }
$told = @()
$heard = @{ WarningVariable = '+told' }
Set-CMSiteMaintenanceTask -MaintenanceTask DeleteAgedLogData -Enabled $true @days -BeginTime 2026-01-01 @heard 3> $null
$text = [Management.Automation.PSSerializer]::Serialize((Get-CMSiteMaintenanceTask))
[Management.Automation.PSSerializer]::Deserialize($text) | Set-CMSiteMaintenanceTask -Enabled $false
$shown = Set-CMSiteMaintenanceTask -TaskName 'Delete*' -DeleteOlderThan 5 -PassThru
Set-CMSiteMaintenanceTask -SummaryTask UpdateApplicationCatalogTables -RunNow @heard 3> $null
Set-CMSiteMaintenanceTask -Name x -Enabled $true -WhatIf
Clear-CMComponentStatusMessageCount -ComponentName 'SMS_*' -Severity Error -MachineName m @heard 3> $null
Clear-CMComponentStatusMessageCount -ComponentName 'SMS_*' -Severity All -ForceWildcardHandling 3> $null
@{ shown = $shown.ItemName; told = @($told | ForEach-Object { "$_" }); errors = (Get-CMSyncComponentStatus).Errors } |
  ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal({
        shown: 'Delete Aged Status Messages',
        told: [
          '-BeginTime has no effect: old rows are removed once a day.',
          '-RunNow has no effect: old rows are removed once a day.',
          'There is none.',
        ],
        errors: 2,
      });
      const sent = (method: string): object[] =>
        fake
          .notes(method)
          .map(({ value }) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'requestId')));
      expect(sent('maintenanceTask/set')).to.deep.equal([
        { name: 'DeleteAgedLogData', wildcard: false, enabled: true, deleteOlderThanDays: 90 },
        { name: 'Delete Aged Status Messages', wildcard: false, enabled: false },
        { name: 'Delete*', wildcard: true, deleteOlderThanDays: 5 },
        { name: 'UpdateApplicationCatalogTables', wildcard: false },
      ]);
      expect(sent('componentStatus/clear')).to.deep.equal([
        { componentName: 'SMS_*', computerName: 'm', severity: 'Error', wildcard: false },
        { componentName: 'SMS_*', severity: 'All', wildcard: true },
      ]);
      const caught = await errorsOf(engine(), fake, ['Get-Date | Set-CMSiteMaintenanceTask -Enabled $true']);
      expect(caught.map(({ id }) => id)).to.deep.equal(['ContradictoryParameters,Set-CMSiteMaintenanceTask']);
    }));
});
