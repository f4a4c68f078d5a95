import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { fakeStatus } from './fakeObjects.js';
import { jsonOf, quoted, withFake } from './fakeSession.js';
import { moduleScripts } from './moduleScripts.js';
import { schemaOf } from '../contract/schemaOf.js';

const kinds: Readonly<Record<string, readonly [string, string]>> = {
  'ConvertTo-CMSoftwareUpdate': ['SoftwareUpdate', 'SMS_SoftwareUpdate'],
  'ConvertTo-CMUpdateCategory': ['Category', 'SMS_UpdateCategoryInstance'],
  'ConvertTo-CMSUPSyncStatus': ['SUPSyncStatus', 'SMS_SUPSyncStatus'],
  'ConvertTo-CMSyncSite': ['Site', 'SMS_Site'],
  'ConvertTo-CMSiteComponent': ['Component', 'SMS_SCI_Component'],
  'ConvertTo-CMEmbeddedProperty': ['EmbeddedProperty', 'SMS_EmbeddedProperty'],
  'ConvertTo-CMEmbeddedPropertyList': ['EmbeddedPropertyList', 'SMS_EmbeddedPropertyList'],
  'ConvertTo-CMSyncHealth': ['Health', 'CMSync_Health'],
  'ConvertTo-CMSyncHealthRow': ['HealthRow', 'CMSync_HealthRow'],
  'ConvertTo-CMSyncRun': ['Run', 'CMSync_Run'],
  'ConvertTo-CMSyncRunCount': ['RunCounts', 'CMSync_RunCounts'],
  'ConvertTo-CMSyncFailedUpdate': ['FailedUpdate', 'CMSync_FailedUpdate'],
  'ConvertTo-CMSyncStoreFinding': ['StoreFinding', 'CMSync_StoreFinding'],
  'ConvertTo-CMSyncService': ['Service', 'CMSync_Service'],
  'ConvertTo-CMSyncMaintenance': ['Maintenance', 'CMSync_Maintenance'],
  'ConvertTo-CMSyncMaintenanceItem': ['MaintenanceItem', 'CMSync_MaintenanceItem'],
  'ConvertTo-CMStatusMessage': ['StatusMessage', 'SMS_StatusMessage'],
  'ConvertTo-CMAlert': ['Alert', 'SMS_Alert'],
  'ConvertTo-CMSyncSourceTestStage': ['SourceTestStage', 'CMSync_SourceTestStage'],
  'ConvertTo-CMSyncChange': ['UpdateChange', 'CMSync_Change'],
  'ConvertTo-CMSiteSystemServer': ['SiteSystemServer', 'SMS_SCI_SysResUse'],
  'ConvertTo-CMSoftwareUpdatePoint': ['SoftwareUpdatePoint', 'SMS_SCI_SysResUse'],
  'ConvertTo-CMContentFile': ['ContentFileInfo', 'SMS_CIContentFiles'],
  'ConvertTo-CMSummarizationSchedule': ['SummarizationSchedule', 'SoftwareUpdateSummarizationSchedule'],
  'ConvertTo-CMSyncPackage': ['Package', 'CMSync_Package'],
  // Of our type alone.
  'ConvertTo-CMSyncSiteBackup': ['SiteBackup', 'ConfigMgrSync.SiteBackup'],
  'ConvertTo-CMSyncSiteRestore': ['SiteRestore', 'ConfigMgrSync.SiteRestore'],
};

function schemaProperties(name: string): string[] {
  return Object.keys(schemaOf(name).properties);
}

powershellSuite('cmdlets: one converter for each kind of object', (engine) => {
  describe('of an object without properties', () => {
    let made: Readonly<Record<string, unknown>>;
    before(() =>
      withFake('', async (fake) => {
        const script = `$all = [ordered]@{}
foreach ($converter in ${Object.keys(kinds).map(quoted).join(', ')}) {
  $item = & (Get-Module ConfigMgrSync) { param($Name) & $Name -InputObject ([pscustomobject]@{}) } $converter
  $names = @($item.PSObject.Properties | Where-Object MemberType -ne 'ScriptProperty' | ForEach-Object { $_.Name })
  $all[$converter] = [ordered]@{ names = $names; type = $item.PSObject.TypeNames[0]
    ours = $item.PSObject.TypeNames[1] -like 'ConfigMgrSync.*' }
}
ConvertTo-Json -Compress -Depth 4 $all`;
        made = await jsonOf(engine(), fake, script);
      }),
    );
    for (const [converter, [schema, type]] of Object.entries(kinds)) {
      it(`${converter} has the properties of the schema, in its order`, () => {
        expect(made[converter]).to.deep.equal({
          names: schemaProperties(schema),
          type: type.includes('.') ? type : `IResultObject#${type}`,
          ours: !type.includes('.'),
        });
      });
    }
  });

  it('every converter is held against its schema', () => {
    const names = moduleScripts()
      .map(({ name }) => name)
      .filter((name) => /^ConvertTo-CM(?!Sync(Argument|ErrorRecord|Parameter|Time)$)/.test(name));
    expect(names.sort()).to.deep.equal(Object.keys(kinds).sort());
  });

  for (const [edition, value] of [
    ['5.1: text', "'2026-01-02T03:04:05.678Z'"],
    ['7: DateTime', "([datetime] '2026-01-02T03:04:05.678Z').ToUniversalTime()"],
  ] as const) {
    it(`makes a date as ConvertFrom-Json gives it in ${edition} the same local time`, () =>
      withFake('', async (fake) => {
        const script =
          `$raw = ConvertFrom-Json ${quoted(JSON.stringify(fakeStatus))}; $raw.LastSyncStateTime = ${value}
$update = [pscustomobject]@{ DatePosted = ${value}; CategoryInstance_UniqueIDs = @('one'); UpdateLocales = @(); ` +
          `Size = 5000000000; CI_ID = 4000000000 }
& (Get-Module ConfigMgrSync) { param($raw, $update)
  $status = ConvertTo-CMSUPSyncStatus -InputObject $raw
  $made = ConvertTo-CMSoftwareUpdate -InputObject $update
  $same = @($status.LastSyncStateTime, $made.DatePosted | ForEach-Object { $_.Kind; ` +
          `$_.ToUniversalTime().ToString('yyyyMMddHHmmss.fff') })
  $types = @($status.LastSyncErrorCode, $made.Size, $made.CI_ID | ForEach-Object { $_.GetType().Name })
  $lists = @($made.CategoryInstance_UniqueIDs.GetType().Name; $made.UpdateLocales.GetType().Name; ` +
          `$made.UpdateLocales.Count; $made.SupersededUpdates.Count; $null -eq $status.LastSuccessfulSyncTime)
  ConvertTo-Json -Compress @([string[]] $same, [string[]] $types, [string[]] $lists)
} $raw $update`;
        expect(await jsonOf(engine(), fake, script)).to.deep.equal([
          ['Local', '20260102030405.678', 'Local', '20260102030405.678'],
          ['UInt32', 'Int64', 'UInt32'],
          ['String[]', 'String[]', '0', '0', 'True'],
        ]);
      }));
  }

  it("keeps the product's shape of Props", () =>
    withFake('', async (fake) => {
      const script =
        "(Get-CMSoftwareUpdatePointComponent | ForEach-Object Props | Where-Object PropertyName -eq 'Sync " +
        "Schedule').Value1 | ConvertTo-Json -Compress";
      expect(await jsonOf(engine(), fake, script)).to.equal('0001200000100038');
    }));

  it('has a table for every kind', () =>
    withFake('', async (fake) => {
      const script =
        `$kinds = 'SoftwareUpdate', 'UpdateCategory', 'SUPSyncStatus', 'Site', 'SiteComponent', ` +
        `'EmbeddedProperty', 'EmbeddedPropertyList', 'Run', 'RunCounts', 'FailedUpdate', 'Service', ` +
        `'Maintenance', 'MaintenanceItem'
$kinds += 'StatusMessage'
$kinds += 'Alert'
$kinds += 'LogEntry'
$kinds += 'SourceTestStage'
$kinds += 'UpdateChange'
$kinds += 'ContentFileInfo'
$kinds += 'SummarizationSchedule'
$bad = foreach ($kind in $kinds) { $view = Get-FormatData -TypeName "ConfigMgrSync.$kind"; if ` +
        `(@($view.FormatViewDefinition).Count -ne 1) { $kind } }
ConvertTo-Json -Compress @($bad)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([]);
      expect(
        await jsonOf(
          engine(),
          fake,
          '(Get-CMSyncRun | Out-String) -match "1 new, 0 revised" | ConvertTo-Json -Compress',
        ),
      ).to.equal(true);
    }));
});
