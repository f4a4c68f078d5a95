import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { errorOf, errorsOf, jsonOf, runWithModule, withFake } from './fakeSession.js';
import type { Caught, Note } from './fakeSession.js';

const MARK = 'end of a command';

/** A command whose failure stops none after it, and a mark among the notes of the engine. */
function andMark(command: string): string {
  return (
    `try { [void] (${command} -WarningAction SilentlyContinue) } catch { [System.Console]::Error.WriteLine("$_") }
[System.IO.File]::AppendAllText("$env:FAKE_FOLDER/messages.jsonl", ` +
    `'${JSON.stringify({ start: 0, type: MARK, value: {} })}' + "\`n")`
  );
}

function upToMarks(notes: readonly Note[]): Note[][] {
  const parts: Note[][] = [[]];
  for (const note of notes) {
    if (note.type === MARK) parts.push([]);
    else parts.at(-1)?.push(note);
  }
  return parts;
}

powershellSuite('cmdlets: what the commands ask the engine', (engine) => {
  const cases: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[] = [
    [
      "Get-CMSoftwareUpdateCategory -Fast -TypeName Product -Name 'Windows 11*'",
      'category/list',
      { name: 'Windows 11*', typeName: 'Product', wildcard: true, lazy: false },
    ],
    [
      'Get-CMSoftwareUpdateCategory -Id 16777217 -DisableWildcardHandling',
      'category/list',
      { id: 16777217, wildcard: false, lazy: true },
    ],
    [
      'Get-CMSoftwareUpdate -Fast -IsExpired $false -Severity Critical -DatePostedMin ([datetime] ' +
        "'2026-01-02T03:04:05Z')",
      'update/list',
      {
        isExpired: false,
        severity: 'Critical',
        datePostedMin: '2026-01-02T03:04:05.000Z',
        wildcard: true,
        lazy: false,
        pageSize: 100,
        columns: true,
      },
    ],
    [
      'Get-CMSoftwareUpdateCategory -Fast | Get-CMSoftwareUpdate -Fast',
      'update/list',
      {
        categoryUniqueId: ['Product:0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e'],
        wildcard: true,
        lazy: false,
        pageSize: 100,
        columns: true,
      },
    ],
    [
      'Get-CMSoftwareUpdate -Fast -CI_ID 5',
      'update/list',
      { id: 5, wildcard: true, lazy: false, pageSize: 100, columns: true },
    ],
    [
      'Get-CMSoftwareUpdatePointComponent -WsusSyncManager -SiteCode ABC',
      'component/get',
      { component: 'SMS_WSUS_SYNC_MANAGER' },
    ],
    ['Get-CMSyncRun -Newest 5', 'run/list', { newest: 5 }],
    ['Stop-CMSyncRun -Id 7 -Confirm:$false', 'run/stop', { id: 7 }],
    ['Get-CMSyncRun | Wait-CMSyncRun', 'run/wait', { id: 7, returnRunning: true }],
    ['Wait-CMSyncRun -TimeoutSeconds 0', 'run/wait', { id: 7, returnRunning: true, timeoutSeconds: 0 }],
    [
      '(Sync-CMSoftwareUpdate -FullSync $true -AllowMassExpiry -PassThru) | Where-Object { $false }',
      'sync/start',
      { fullSync: true, allowMassExpiry: true, join: false },
    ],
    ['Connect-CMSyncSite XYZ', 'site/connect', { siteCode: 'XYZ' }],
    ['Get-CMSyncRun -State failed, RUNNING -Kind full', 'run/list', { state: ['Failed', 'Running'], kind: 'Full' }],
    [
      'Get-CMSiteStatusMessage -Severity warning, ERROR',
      'message/list',
      { severity: ['Warning', 'Error'], wildcard: true, after: 9 },
    ],
    [
      'Set-CMSoftwareUpdate -Id 5 -CustomSeverity critical -Confirm:$false',
      'update/set',
      { ciIds: [5], customSeverity: 'Critical' },
    ],
    [
      'Set-CMSoftwareUpdatePointComponent -SynchronizeAction synchronizefrommicrosoftupdate -ContentFileOption ' +
        'FULLFILESONLY',
      'component/set',
      { synchronizeAction: 'SynchronizeFromMicrosoftUpdate', contentFileOption: 'FullFilesOnly' },
    ],
    [
      'Set-CMSoftwareUpdateSummarizationSchedule -Interval 2 -Unit hours',
      'summarization/set',
      { interval: 2, unit: 'Hours' },
    ],
  ];
  describe('in one session', () => {
    let notes: readonly (readonly Note[])[];
    before(() =>
      withFake('', async (fake) => {
        await runWithModule(engine(), fake, cases.map(([command]) => andMark(command)).join('\n'));
        notes = upToMarks(fake.all());
      }),
    );
    for (const [at, [command, method, params]] of cases.entries()) {
      it(command, () => {
        const asked = Object.entries(notes[at]?.findLast(({ type }) => type === method)?.value ?? {}).filter(
          ([name]) => name !== 'requestId' && name !== 'requester',
        );
        expect(Object.fromEntries(asked)).to.deep.equal(params);
      });
    }
  });

  it('sends every setting of the component as the contract names it', () =>
    withFake('', async (fake) => {
      const script =
        `$secret = [securestring]::new(); 'pa$$'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
Get-CMSoftwareUpdatePointComponent | Set-CMSoftwareUpdatePointComponent -AddProducts 'Windows 11' ` +
        `-SetUpdateClassification @() -AllowPending -ProxyServer 'http://proxy:8080' -NoProxy 'a', 'b' \`
  -ProxyCredential ([pscredential]::new('user', $secret)) -FeatureUpdateMaxRuntimeMins 60 -ReportingEvent ` +
        `CreateAllWsusReportingEvents -SourceCABundle '' -WarningVariable warned -WarningAction SilentlyContinue
[string] $warned[0] | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.equal('Kept as pending: Windows 99');
      const { requestId, ...rest } = fake.notes('component/set')[0]?.value ?? {};
      expect(requestId).to.be.a('string');
      expect(rest).to.deep.equal({
        addProduct: ['Windows 11'],
        setUpdateClassification: [],
        allowPending: true,
        proxyServer: 'http://proxy:8080',
        noProxy: ['a', 'b'],
        proxyUserName: 'user',
        proxyPassword: 'pa$$',
        featureUpdateMaxRuntimeMins: 60,
        reportingEvent: 'CreateAllWsusReportingEvents',
        sourceCABundle: '',
      });
    }));

  it('sends rules, maintenance, limits and the after-sync command, also $false, 0 and what clears', () =>
    withFake('', async (fake) => {
      const script =
        `Set-CMSoftwareUpdatePointComponent -ImmediatelyExpireSupersedenceForNonFeature $false ` +
        `-WaitMonthForNonFeature 6 -ImmediatelyExpireSupersedenceForFeature $true -WarningAction SilentlyContinue
Set-CMSoftwareUpdatePointComponent -ImmediatelyExpireSupersedence $true -WaitMonthForFeature 2 ` +
        `-EnableCallWsusCleanupWizard $true -EnableDeleteObsoleteUpdates $false -ObsoleteAgeDays 31 ` +
        `-WarningAction SilentlyContinue
Set-CMSoftwareUpdatePointComponent -UpdatesCleanupAgeDays 8 -FullSyncIntervalDays 9 -MassExpiryLimitPercent 0 ` +
        `-AfterSyncCommand '/opt/notify' -AfterSyncArgument 'one', '' -WarningAction SilentlyContinue
Set-CMSoftwareUpdatePointComponent -AfterSyncCommand '' -SetProductFamily 'Windows', 'Off*' -SetCompany @() ` +
        `-WarningAction SilentlyContinue; '1'`;
      await jsonOf(engine(), fake, script);
      expect(
        fake
          .notes('component/set')
          .map(({ value }) => Object.fromEntries(Object.entries(value).filter(([name]) => name !== 'requestId'))),
      ).to.deep.equal([
        { immediatelyExpireSupersedence: false, waitMonth: 6, immediatelyExpireSupersedenceForFeature: true },
        {
          immediatelyExpireSupersedence: true,
          waitMonthForFeature: 2,
          enableCallWsusCleanupWizard: true,
          enableDeleteObsoleteUpdates: false,
          obsoleteAgeDays: 31,
        },
        {
          updatesCleanupAgeDays: 8,
          fullSyncIntervalDays: 9,
          massExpiryLimitPercent: 0,
          afterSyncCommand: '/opt/notify',
          afterSyncArgument: ['one', ''],
        },
        { afterSyncCommand: '', setProductFamily: ['Windows', 'Off*'], setCompany: [] },
      ]);
    }));

  const schedules: readonly (readonly [args: string, sent: object])[] = [
    [
      "-Schedule (New-CMSchedule -Start '2026-11-25 02:00' -RecurInterval Days -RecurCount 7)",
      { schedule: '0059BE0000100038' },
    ],
    [
      "-Schedule (New-CMSchedule -Start '2026-11-25 02:00' -DayOfWeek Tuesday), @{ DaySpan = 7 }, '0059BE0000080000'",
      { schedule: '0059BE00001B200000012000001000380059BE0000080000' },
    ],
    ['-Schedule $null', { schedule: '' }],
    ['-EnableSynchronization $false', { schedule: '' }],
    ['-EnableSynchronization $false -Schedule $null', { schedule: '' }],
    ['-EnableSynchronization $true', {}],
    ["-EnableSynchronization $true -Schedule '0059BE0000080000'", { schedule: '0059BE0000080000' }],
  ];
  it('sends a schedule of tokens, of strings, and none, and warns of -EnableSynchronization', () =>
    withFake('', async (fake) => {
      const script = `$warned = @()
${schedules
  .map(
    ([args]) =>
      `Set-CMSoftwareUpdatePointComponent -AllowPending ${args} -WarningVariable +warned ` +
      `-WarningAction SilentlyContinue`,
  )
  .join('\n')}
ConvertTo-Json -Compress @($warned | Where-Object { "$_" -like '-EnableSynchronization is deprecated*' }).Count`;
      expect(await jsonOf(engine(), fake, script)).to.equal(4);
      expect(
        fake.notes('component/set').map(({ value: { schedule } }) => (schedule === undefined ? {} : { schedule })),
      ).to.deep.equal(schedules.map(([, sent]) => sent));
    }));

  it('creates a site and works on it afterwards', () =>
    withFake('', async (fake) => {
      await jsonOf(
        engine(),
        fake,
        "[void] (New-CMSyncSite -SiteCode ABC -UpstreamSourceLocation 'http://wsus:8530'); [void] (Get-CMSyncRun); '1'",
      );
      expect(fake.notes('site/new')[0]?.value)
        .to.deep.include({ siteCode: 'ABC', upstream: 'http://wsus:8530' })
        .and.not.have.property('type');
      expect(fake.notes('site/connect')[0]?.value).to.deep.equal({ sitePath: '/sites/ABC' });
    }));

  it('finds a site by the name of its server, and says so when there is none', () =>
    withFake('', async (fake) => {
      await jsonOf(
        engine(),
        fake,
        'Set-CMSoftwareUpdatePointComponent -Name server.contoso.com -AddProduct x -WarningAction ' +
          "SilentlyContinue; '1'",
      );
      expect(fake.notes('component/set')).to.have.length(1);
      const caught = await jsonOf<Caught>(
        engine(),
        fake,
        errorOf('Set-CMSoftwareUpdatePointComponent -Name nobody -AddProduct x'),
      );
      expect(caught).to.deep.include({
        id: 'SiteNotFound,Set-CMSoftwareUpdatePointComponent',
        message: 'There is no site nobody. Known sites: ABC.',
      });
    }));

  const mistakes: readonly (readonly [string, string])[] = [
    ['Get-CMSoftwareUpdateSyncStatus -DisableWildcardHandling -ForceWildcardHandling', 'ContradictoryParameters'],
    ['Sync-CMSoftwareUpdate -TimeoutSeconds 5', 'ContradictoryParameters'],
    [
      "Set-CMSoftwareUpdatePointComponent -EnableSynchronization $false -Schedule '0059BE0000080000' " +
        '-WarningAction SilentlyContinue',
      'ContradictoryParameters',
    ],
    ['Set-CMSoftwareUpdatePointComponent -Schedule 5', 'ScheduleTokenInvalid'],
    ['Set-CMSoftwareUpdatePointComponent -SourceCABundle /no/such/file.pem', 'CABundleInvalid'],
    ['Get-CMSoftwareUpdateCategory -Fast -Id abc', 'CategoryNotFound'],
    ['Set-CMSoftwareUpdatePointComponent -InputObject 5 -AddProduct x', 'ContradictoryParameters'],
  ];
  describe('wrongly, in one session', () => {
    let caught: readonly Caught[];
    before(() =>
      withFake('', async (fake) => {
        const commands = mistakes.map(([command]) => command);
        caught = await errorsOf(engine(), fake, commands);
      }),
    );
    for (const [at, [command, id]] of mistakes.entries()) {
      it(`${command}: ${id}`, () => {
        expect(caught[at]?.id).to.equal(`${id},${command.split(' ')[0] ?? ''}`);
        expect(caught[at]?.next).to.not.equal('');
        expect(caught[at]?.message).to.not.match(/\.\.$/);
      });
    }
  });

  it('reminds of -Fast unless $CMPSSuppressFastNotUsedCheck says not to', () =>
    withFake('', async (fake) => {
      const script = `[void] (Get-CMSoftwareUpdateCategory -WarningVariable first -WarningAction SilentlyContinue)
$CMPSSuppressFastNotUsedCheck = $true
[void] (Get-CMSoftwareUpdateCategory -WarningVariable second -WarningAction SilentlyContinue)
ConvertTo-Json -Compress @($first.Count, $second.Count)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([1, 0]);
    }));

  it('groups categories by type, as every script does', () =>
    withFake('', async (fake) => {
      expect(
        await jsonOf(
          engine(),
          fake,
          '(Get-CMSoftwareUpdateCategory -Fast | Group-Object CategoryTypeName).Name | ConvertTo-Json -Compress',
        ),
      ).to.equal('Product');
    }));

  it('streams ten thousand updates page by page', () =>
    withFake('updates=10000', async (fake) => {
      const script =
        `$clock = [System.Diagnostics.Stopwatch]::StartNew(); $all = @(Get-CMSoftwareUpdate -Fast); ` +
        `$time = $clock.ElapsedMilliseconds
[ordered]@{ count = $all.Count; last = $all[-1].CI_ID; name = $all[-1].LocalizedDisplayName; milliseconds = $time ` +
        `} | ConvertTo-Json -Compress`;
      const { milliseconds, ...rest } = await jsonOf<Record<string, unknown>>(engine(), fake, script);
      expect(rest).to.deep.equal({ count: 10_000, last: 10_000, name: 'Mise à jour cumulative 10000' });
      expect(milliseconds).to.be.a('number');
      expect(fake.notes('update/list').map(({ value }) => value['after'] ?? 0)).to.deep.equal([
        0,
        ...Array.from({ length: 20 }, (_, page) => 100 + page * 500),
      ]);
      expect(
        fake
          .notes('update/list')
          .slice(0, 3)
          .map(({ value }) => value['pageSize']),
      ).to.deep.equal([100, 500, 500]);
    }));

  it('asks for one page more than it gives out, and other commands get their answers in between', () =>
    withFake('updates=1200', async (fake) => {
      const script = `$first = Get-CMSoftwareUpdate -Fast | Select-Object -First 1
$sites = Get-CMSoftwareUpdate -Fast | ForEach-Object { (Get-CMSyncRun).Id } | Group-Object
ConvertTo-Json -Compress @($first.CI_ID, $sites.Count, [int] $sites.Name)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([1, 1200, 7]);
      expect(fake.notes('update/list').map(({ value }) => value['after'] ?? 0)).to.deep.equal([
        0, 100, 0, 100, 600, 1100,
      ]);
    }));

  it('makes the same objects of a page in columns as of a page of objects', () =>
    withFake('updates=3', async (fake) => {
      const script =
        `$fast = @(Get-CMSoftwareUpdate -Fast); $slow = @(Get-CMSoftwareUpdate -WarningAction ` +
        `SilentlyContinue)
$shape = { foreach ($update in $args[0]) { ($update.PSObject.TypeNames -join ',') + ($update.PSObject.Properties ` +
        `| Sort-Object Name | ForEach-Object {
  $type = if ($null -eq $_.Value) { 'null' } else { $_.Value.GetType().Name }; '{0}:{1}:{2}' -f $_.Name, $type, ` +
        `($_.Value -join '+') }) } }
$one = @(& $shape $fast); $two = @(& $shape $slow)
ConvertTo-Json -Compress @((($one -join ';') -eq ($two -join ';')), $one.Count, $fast[2].CI_ID.GetType().Name, ` +
        `$fast[1].DatePosted.Kind.ToString())`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([true, 3, 'UInt32', 'Local']);
    }));
});
