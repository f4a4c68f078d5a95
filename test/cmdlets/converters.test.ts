import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { FAKE_MAINTENANCE, FAKE_PACKAGE, FAKE_RUN, FAKE_STATUS } from './fakeObjects.js';
import { errorOf, jsonOf, quoted, withFake } from './fakeSession.js';
import type { Caught } from './fakeSession.js';
import { moduleScripts } from './moduleScripts.js';
import { objectKinds } from './objectKinds.js';
import { schemaOf } from '../contract/schemaOf.js';

/** The class of the product that the objects of a kind stand for, CMSync_ before those that only we have. */
const CLASSES: Readonly<Record<string, string>> = {
  Alert: 'SMS_Alert',
  AlertSubscription: 'SMS_Subscription',
  ContentFileInfo: 'SMS_CIContentFiles',
  DeliveryTest: 'CMSync_DeliveryTest',
  EmbeddedProperty: 'SMS_EmbeddedProperty',
  EmbeddedPropertyList: 'SMS_EmbeddedPropertyList',
  FailedUpdate: 'CMSync_FailedUpdate',
  Health: 'CMSync_Health',
  HealthRow: 'CMSync_HealthRow',
  Maintenance: 'CMSync_Maintenance',
  MaintenanceItem: 'CMSync_MaintenanceItem',
  Notification: 'CMSync_Notification',
  Package: 'CMSync_Package',
  Run: 'CMSync_Run',
  RunCounts: 'CMSync_RunCounts',
  RunSize: 'CMSync_RunSize',
  SUPSyncStatus: 'SMS_SUPSyncStatus',
  Service: 'CMSync_Service',
  Site: 'SMS_Site',
  SiteComponent: 'SMS_SCI_Component',
  SiteSystemServer: 'SMS_SCI_SysResUse',
  SoftwareUpdatePoint: 'SMS_SCI_SysResUse',
  SourceTestStage: 'CMSync_SourceTestStage',
  ComponentStatus: 'SMS_ComponentSummarizer',
  MaintenanceTask: 'SMS_SCI_SQLTask',
  StatusFilterRule: 'SMS_SCI_SCPropertyList',
  StatusMessage: 'SMS_StatusMessage',
  StatusToken: 'CMSync_StatusToken',
  StoreFinding: 'CMSync_StoreFinding',
  SummarizationSchedule: 'SoftwareUpdateSummarizationSchedule',
  SyncServer: 'CMSync_Server',
  UpdateCategory: 'SMS_UpdateCategoryInstance',
  UpdateChange: 'CMSync_Change',
};
const kinds = objectKinds();
const SCHEMA_NAMES: Readonly<Record<string, string>> = { UpdateCategory: 'Category', SiteComponent: 'Component' };
const propertiesOf = (kind: string): [string, Property][] =>
  Object.entries(schemaOf(SCHEMA_NAMES[kind] ?? kind).properties as Readonly<Record<string, Property>>);

interface Property {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly items?: Property;
  readonly $ref?: string;
  readonly oneOf?: readonly Property[];
}

/** The types that a property of the contract can have in the table; an enum without a type is one of strings. */
function typesFor(property: Property): readonly string[] {
  // An object, or null.
  const kind = (property.$ref ?? property.oneOf?.[0]?.$ref)?.split('/').at(-1);
  if (kind !== undefined) return kind in kinds ? [kind] : typesFor(schemaOf(kind) as Property);
  const [type = '', none] = [property.type ?? 'string'].flat();
  if (type === 'array') return typesFor(property.items ?? {}).map((one) => (one === '' ? 'string[]' : `${one}[]`));
  if (none === 'null' && type !== 'string') return type === 'integer' ? ['', 'uint32?'] : [''];
  if (property.format === 'date-time') return ['datetime'];
  const given: Readonly<Record<string, string[]>> = {
    string: ['', 'datetime'],
    integer: ['uint32', 'int', 'long'],
    number: ['double'],
    boolean: ['bool'],
  };
  return given[type] ?? [];
}

/** What a type makes of nothing, as .NET names it. */
const OF_NOTHING: Readonly<Record<string, string>> = {
  uint32: 'UInt32 0',
  int: 'Int32 0',
  long: 'Int64 0',
  double: 'Double 0',
  bool: 'Boolean False',
  'string[]': 'String[] ',
  'uint32[]': 'UInt32[] ',
};

powershellSuite('cmdlets: the objects of each kind', (engine) => {
  describe('of an object without properties', () => {
    let made: Readonly<Record<string, unknown>>;
    before(() =>
      withFake('', async (fake) => {
        const script = `$all = [ordered]@{}
foreach ($kind in ${Object.keys(kinds).map(quoted).join(', ')}) {
  $item = & (Get-Module ConfigMgrSync) { param($Kind, $Given) ConvertTo-CMSyncObject -Kind $Kind -InputObject $Given
  } $kind ([pscustomobject]@{ Other = 1 })
  $values = @(foreach ($one in $item.PSObject.Properties | Where-Object MemberType -ne 'ScriptProperty') {
    $shown = if ($null -eq $one.Value) { 'null' } else { "$($one.Value.GetType().Name) $($one.Value)" }
    "$($one.Name) $shown" })
  $all[$kind] = [ordered]@{ values = $values; types = @($item.PSObject.TypeNames) }
}
ConvertTo-Json -Compress -Depth 4 $all`;
        made = await jsonOf(engine(), fake, script);
      }),
    );
    for (const [kind, { properties }] of Object.entries(kinds)) {
      it(`${kind} has the properties of the schema, in its order, each of its type`, () => {
        const of = CLASSES[kind];
        const values = properties.map((property) => {
          const [name = '', type = ''] = property.split(':');
          const list = type.endsWith('[]') && type !== 'object[]' ? 'Object[] ' : 'null';
          return `${name} ${OF_NOTHING[type] ?? list}`;
        });
        expect(made[kind]).to.deep.equal({
          values,
          types: [
            ...(of === undefined ? [] : [`IResultObject#${of}`]),
            `ConfigMgrSync.${kind}`,
            'System.Management.Automation.PSCustomObject',
            'System.Object',
          ],
        });
        expect(values.map((value) => value.split(' ')[0])).to.deep.equal(propertiesOf(kind).map(([name]) => name));
      });
    }
  });

  it('have in the table the types of the contract', () => {
    // The names in all languages are no kind of ours.
    const known = ['LocalizedInformation:object[]'];
    const wrong = Object.entries(kinds).flatMap(([kind, { properties }]) =>
      propertiesOf(kind).flatMap(([name, property]) => {
        const allowed = typesFor(property).map((type) => (type === '' ? name : `${name}:${type}`));
        return properties.some((one) => allowed.includes(one) || known.includes(one)) ? [] : [`${kind} ${name}`];
      }),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('are made by the commands, every kind of the table and no other', () => {
    const text = moduleScripts()
      .map((script) => script.text)
      .join('\n');
    const asked = [...text.matchAll(/ConvertTo-CMSyncObject -Kind '(\w+)'/g)].map(([, kind]) => kind);
    const inside = Object.values(kinds).flatMap(({ properties }) => properties.map((one) => one.split(/[:[]/)[1]));
    const used = new Set([...asked, ...inside.filter((kind) => kind !== undefined && kind in kinds)]);
    expect([...used].sort()).to.deep.equal(Object.keys(kinds).sort());
  });

  it('hold what the engine gave: numbers as wide as they are, lists as lists, objects within', () =>
    withFake('', async (fake) => {
      const items = [FAKE_RUN, FAKE_MAINTENANCE, FAKE_PACKAGE].map((one) => quoted(JSON.stringify(one))).join(', ');
      const script = `$run, $maintenance, $package = & (Get-Module ConfigMgrSync) { param($Texts)
  foreach ($at in 0..2) {
    ConvertTo-CMSyncObject -Kind ('Run', 'Maintenance', 'Package')[$at] -InputObject (ConvertFrom-Json $Texts[$at]) }
  foreach ($none in $null, @()) { ConvertTo-CMSyncObject -Kind 'Run' -InputObject $none }
} @(${items})
function Show($Value) { "$($Value.GetType().Name) $Value" }
ConvertTo-Json -Compress @((Show $run.Id), (Show $run.DurationSeconds), (Show $run.Counts.Categories)
  (Show $run.Warnings), (Show $run.FailedUpdates[0].RevisionNumber), $run.FailedUpdates.GetType().Name
  $run.FailedUpdates[0].PSObject.TypeNames[1], $run.Counts.PSObject.TypeNames[0]
  (Show $run.Size.DocumentBytes)
  (Show $maintenance.FreedBytes), (Show $maintenance.Items[0].CI_ID), ($null -eq $maintenance.Items[2].CI_ID)
  $maintenance.Items.Count, (Show $package.Size), [string] $package.CreationTime.Kind, (Show $package.IsIncrement))`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        'Int32 7',
        'Double 1.5',
        'UInt32 5',
        'String[] w',
        'UInt32 1',
        'Object[]',
        'ConfigMgrSync.FailedUpdate',
        'IResultObject#CMSync_RunCounts',
        'Int64 5000000000',
        'Int64 5000000000',
        'UInt32 16777217',
        true,
        4,
        'Int64 5000000000',
        'Local',
        'Boolean True',
      ]);
    }));

  it('of a kind that the table has not are an error', () =>
    withFake('', async (fake) => {
      const block = "& (Get-Module ConfigMgrSync) { ConvertTo-CMSyncObject -Kind 'Nothing' -InputObject 1 }";
      const caught = await jsonOf<Caught>(engine(), fake, errorOf(block));
      expect(caught.message).to.contain('has no kind Nothing');
    }));

  it('SoftwareUpdate, which are thousands, are made by a command of their own to the schema', () =>
    withFake('', async (fake) => {
      const script = `$item = & (Get-Module ConfigMgrSync) {
  ConvertTo-CMSoftwareUpdate -InputObject ([pscustomobject]@{}) }
ConvertTo-Json -Compress @($item.PSObject.TypeNames[0, 1]
  $item.PSObject.Properties | Where-Object MemberType -ne 'ScriptProperty' | ForEach-Object Name)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        'IResultObject#SMS_SoftwareUpdate',
        'ConfigMgrSync.SoftwareUpdate',
        ...propertiesOf('SoftwareUpdate').map(([name]) => name),
      ]);
    }));

  for (const [edition, value] of [
    ['5.1: text', "'2026-01-02T03:04:05.678Z'"],
    ['7: DateTime', "([datetime] '2026-01-02T03:04:05.678Z').ToUniversalTime()"],
  ] as const) {
    it(`makes a date as ConvertFrom-Json gives it in ${edition} the same local time`, () =>
      withFake('', async (fake) => {
        const script =
          `$raw = ConvertFrom-Json ${quoted(JSON.stringify(FAKE_STATUS))}; $raw.LastSyncStateTime = ${value}
$update = [pscustomobject]@{ DatePosted = ${value}; CategoryInstance_UniqueIDs = @('one'); UpdateLocales = @(); ` +
          `Size = 5000000000; CI_ID = 4000000000 }
& (Get-Module ConfigMgrSync) { param($raw, $update)
  $status = ConvertTo-CMSyncObject -Kind 'SUPSyncStatus' -InputObject $raw
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
        `'EmbeddedProperty', 'EmbeddedPropertyList', 'Run', 'RunCounts', 'RunSize', 'FailedUpdate', 'Service', ` +
        `'Maintenance', 'MaintenanceItem'
$kinds += 'StatusMessage'
$kinds += 'Alert'
$kinds += 'LogEntry'
$kinds += 'SourceTestStage'
$kinds += 'UpdateChange'
$kinds += 'ContentFileInfo'
$kinds += 'SummarizationSchedule'
$bad = foreach ($kind in $kinds) { $view = Get-FormatData -TypeName "ConfigMgrSync.$kind"; if ` +
        `(@($view.FormatViewDefinition | Where-Object { $_.Control.PSObject.Properties["Headers"] }).Count -ne 1) ` +
        `{ $kind } }
ConvertTo-Json -Compress @($bad)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([]);
      expect(
        await jsonOf(engine(), fake, '(Get-CMSyncRun | Out-String) -match "\\d+ %, \\w+" | ConvertTo-Json -Compress'),
      ).to.equal(true);
    }));
});
