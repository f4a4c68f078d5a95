import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: Put() of our objects', (engine) => {
  it('sets what was changed by hand, of fresh objects and of those from a file', () =>
    withFake('', async (fake) => {
      const script = `$component = Get-CMSoftwareUpdatePointComponent
$component.Put()
($component.Props | Where-Object PropertyName -eq 'Call WSUS Cleanup').Value = 0
$component.Put() 3> $null
$text = [Management.Automation.PSSerializer]::Serialize($component, 3)
$saved = [Management.Automation.PSSerializer]::Deserialize($text)
($saved.Props | Where-Object PropertyName -eq 'Sync Schedule').Value1 = ''
$saved.Put() 3> $null
$category = Get-CMSoftwareUpdateCategory -Fast
$category.IsSubscribed = $true; $category.Put() 3> $null
$category.IsSubscribed = $false; $category.Put() 3> $null
$update = @(Get-CMSoftwareUpdate -Fast)[0]; $update.CustomSeverity = 10; $update.MaxExecutionTime = 600; $update.Put()
$alert = Get-CMAlert; $alert.Comments = 'c'; $alert.Severity = 3; $alert.Put()
$component.Props += [pscustomobject]@{ PropertyName = 'Nonsense'; Value = 1; Value1 = ''; Value2 = '' }
$caught = $null; try { $component.Put() } catch { $caught = $_.Exception.Message }
ConvertTo-Json -Compress $caught`;
      expect(await jsonOf(engine(), fake, script)).to.match(
        /Nonsense cannot be changed in Props: use Set-CMSoftwareUpdatePointComponent/,
      );
      const sent = (method: string): unknown[] =>
        fake
          .notes(method)
          .map(({ value }) => Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'requestId')));
      const id = ['Product:0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e'];
      expect(sent('component/set')).to.deep.equal([
        { enableCallWsusCleanupWizard: false },
        { enableCallWsusCleanupWizard: false, schedule: '' },
        { addProduct: id },
        { removeProduct: id },
      ]);
      expect(sent('update/set')).to.deep.equal([{ ciIds: [1], customSeverity: 'Critical', maximumExecutionMins: 10 }]);
      expect(sent('alert/set')).to.deep.equal([
        {
          id: 16_777_217,
          newName: 'Synchronization failure alert for software update point: süp.contoso.com',
          comment: 'c',
          severity: 'Informational',
          parameterValue: '',
        },
      ]);
    }));

  it('takes whatever a parameter stands for, and says what has no effect yet', () =>
    withFake('', async (fake) => {
      const script = `$sync = Get-CMSoftwareUpdatePointComponent
$entry = {
    param($name, $value, $text)
    [pscustomobject]@{ PropertyName = $name; Value = $value; Value1 = 'REG_SZ'; Value2 = $text }
}
$put = {
    param($entries)
    $sync.Props = @($sync.Props | Where-Object PropertyName -notin $entries.PropertyName) + $entries
    $sync.Put() 3>&1
}
$said = @(
    & $put @(& $entry 'EnableThirdPartyUpdates' 1 '')
    & $put @(& $entry 'EnableThirdPartyUpdates' 3 '')
    & $put @(& $entry 'EnableThirdPartyUpdates' 0 '')
    & $put @((& $entry 'DefaultUseParentWSUS' 1 ''), (& $entry 'ClientReportingLevel' 2 ''))
    & $put @(& $entry 'Sync ExpressFiles' 1 '')
    & $put @((& $entry 'DefaultWSUS' 0 'sup2'), (& $entry 'SupportedTitleLanguages' 0 'en,de'))
    & $put @((& $entry 'Sync Catalog Drivers' 1 ''), (& $entry 'WSUS Scan Retry Error Codes' 0 '{1}'))
)
$texts = @($said | ForEach-Object { [string] $_ } | Where-Object { $_ -match 'no effect' } | Select-Object -Unique)
ConvertTo-Json -Compress $texts`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        'Sync Catalog Drivers has no effect yet: it was not changed.',
        'WSUS Scan Retry Error Codes has no effect yet: it was not changed.',
      ]);
      const sent = fake.notes('component/set').map(({ value }) => value);
      expect(sent.slice(0, 3)).to.deep.equal(
        [
          { enableThirdPartyUpdates: true, enableManualCertManagement: true },
          { enableThirdPartyUpdates: true, enableManualCertManagement: false },
          { enableThirdPartyUpdates: false },
        ].map((wanted, index) => ({ ...wanted, requestId: sent[index]?.['requestId'] })),
      );
      expect(sent[3]).to.include({
        synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation',
        reportingEvent: 'CreateAllWsusReportingEvents',
      });
      expect(sent[4]).to.include({ contentFileOption: 'ExpressForWindows10Only' });
      expect(sent[5]).to.deep.include({ defaultWsusServer: 'sup2', addLanguageSummaryDetail: ['en', 'de'] });
    }));

  it('a status knows its age', () =>
    withFake('', async (fake) => {
      const script =
        '$status = Get-CMSoftwareUpdateSyncStatus; ConvertTo-Json -Compress @(($status.LastSyncStateAge.TotalDays ' +
        '-gt 100), ($null -eq $status.LastSuccessfulSyncAge), ($status.LastSyncStateAge -is [timespan]))';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([true, true, true]);
    }));
});
