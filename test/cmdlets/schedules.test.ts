import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { removeHome } from '../fixtures/removeHome.js';
import { powershellSuite, jsonInSession } from '../powershell/powershellEngine.js';
import { errorOf, IMPORT_MODULE_JSON } from './fakeSession.js';
import type { Caught } from './fakeSession.js';

const main = fileURLToPath(new URL('../../server/main.js', import.meta.url));
const AT = "-Start '2026-11-25 02:00'";

/** Every parameter set with the string it makes; durations are 2 hours and 59 minutes where the set has them. */
const STRINGS: readonly (readonly [command: string, text: string])[] = [
  ['', '0059BE0000080000'],
  ['-Nonrecurring', '0059BE0000080000'],
  ['-DurationCount 2 -DurationInterval Hours', '0059BE0010080000'],
  ["-Nonrecurring -End '2026-11-25 04:59'", '0059BE3B10080000'],
  ['-RecurInterval Days -RecurCount 7', '0059BE0000100038'],
  ['-RecurInterval hours -RecurCount 12 -DurationInterval Days -DurationCount 0', '0059BE0000100C00'],
  ["-RecurInterval Minutes -RecurCount 30 -End '2026-11-26 02:00'", '0059BE000053C000'],
  ['-DayOfWeek Tuesday', '0059BE00001B2000'],
  ['-DayOfWeek ([DayOfWeek]::Saturday) -RecurCount 4 -DurationInterval Minutes -DurationCount 31', '0059BE1F001F8000'],
  ["-DayOfWeek sunday -End '2026-11-25 02:01'", '0059BE0100192000'],
  ['-DayOfWeek Monday -WeekOrder Second -RecurCount 1 -OffsetDay 0', '0059BE0000221400'],
  ['-DayOfWeek Tuesday -WeekOrder second -OffsetDay 7', '0059BE00003315C0'],
  ['-DayOfWeek Friday -WeekOrder Last -RecurCount 12 -DurationInterval Hours -DurationCount 31', '0059BE003866C000'],
  ["-DayOfWeek Friday -WeekOrder Fourth -OffsetDay 1 -End '2026-11-25 04:59'", '0059BE3B10361840'],
  ['-DayOfMonth 0', '0059BE0000280400'],
  ['-DayOfMonth 31 -RecurCount 3 -DurationInterval Hours -DurationCount 1', '0059BE00082FCC00'],
  ["-DayOfMonth 15 -End '2026-11-25 04:59'", '0059BE3B102BC400'],
  ['-LastDayOfMonth', '0059BE0000280400'],
  ['-LastDayOfMonth -RecurCount 2 -DurationInterval Hours -DurationCount 1', '0059BE0008280800'],
  ["-LastDayOfMonth -End '2026-11-25 03:00'", '0059BE0008280400'],
  ['-DayOfWeek Tuesday -IsUtc', '0059BE00001B2001'],
];

/** Every real relay answers here: no engine and no site. */
powershellSuite('cmdlets: schedules, with the real relay and without a site', (engine) => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'cms-schedules-'));
  });
  afterEach(() => removeHome(home));
  const run = async <T>(script: string, env: Record<string, string> = {}): Promise<T> =>
    jsonInSession<T>(engine(), `${IMPORT_MODULE_JSON}\n${script}`, {
      env: {
        CONFIGMGRSYNC_HOME: home,
        CONFIGMGRSYNC_SITE: '',
        CONFIGMGRSYNC_ENGINE_MAIN: main,
        CONFIGMGRSYNC_NODE: process.execPath,
        ...env,
      },
    });

  it('New-CMSchedule makes the string of every parameter set, and the token of that string', async () => {
    const script =
      `ConvertTo-Json -Compress ` +
      `@(${STRINGS.map(
        ([command]) =>
          `$(New-CMSchedule ${AT} ${command} -ScheduleString; ` +
          `New-CMSchedule ${AT} ${command} | Convert-CMSchedule)`,
      ).join('\n')})`;
    expect(await run<string[]>(script)).to.deep.equal(STRINGS.flatMap(([, text]) => [text, text]));
  });

  it('New-CMSchedule gives tokens as the product does, and begins now', async () => {
    const shown = await run<Record<string, unknown>>(
      `$before = [datetime]::Now.AddMinutes(-1)
$token = New-CMSchedule
$weekly = New-CMSchedule -DayOfWeek Tuesday ${AT}
$whatIf = New-CMSchedule -WhatIf
[ordered]@{ types = @($weekly.PSObject.TypeNames | Select-Object -First 3); names = ` +
        `@($weekly.PSObject.Properties.Name); path = $weekly.SmsProviderObjectPath; day = $weekly.Day
  start = $weekly.StartTime.ToString('s'); kind = [string] $weekly.StartTime.Kind; class = ` +
        `$token.SmsProviderObjectPath; isNow = $token.StartTime -gt $before -and $token.StartTime -le [datetime]::Now
  none = $null -eq $whatIf } | ConvertTo-Json -Compress`,
    );
    expect(shown).to.deep.equal({
      types: ['IResultObject#SMS_ST_RecurWeekly', 'IResultObject#SMS_ScheduleToken', 'ConfigMgrSync.ScheduleToken'],
      names: [
        'SmsProviderObjectPath',
        'Day',
        'DayDuration',
        'ForNumberOfWeeks',
        'HourDuration',
        'IsGMT',
        'MinuteDuration',
        'StartTime',
        // Ours, in words.
        'Description',
      ],
      path: 'SMS_ST_RecurWeekly',
      day: 3,
      start: '2026-11-25T02:00:00',
      kind: 'Unspecified',
      class: 'SMS_ST_NonRecurring',
      isNow: true,
      none: true,
    });
  });

  it('-IsUtc converts a local start, and without it a start in UTC becomes local', async () => {
    const script =
      `$utc = [datetime]::new(2026, 11, 25, 2, 0, 0, [DateTimeKind]::Utc)
ConvertTo-Json -Compress @((New-CMSchedule -Start $utc -IsUtc -ScheduleString), (New-CMSchedule -Start ` +
      `$utc.ToLocalTime() -IsUtc -ScheduleString), (New-CMSchedule -Start $utc).StartTime.ToString('s'),
  [string] (New-CMSchedule -Start $utc -IsUtc).StartTime.Kind)`;
    expect(await run(script, { TZ: 'America/New_York' })).to.deep.equal([
      '0059BE0000080001',
      '0059BE0000080001',
      '2026-11-24T21:00:00',
      'Utc',
    ]);
  });

  it('Convert-CMSchedule turns the documented string into its tokens and all tokens into one string', async () => {
    const text = '02C159C0381A200002C159C0381B200002C159C0381C200002C159C0381D200002C159C0381E2000';
    const script =
      `$tokens = @(Convert-CMSchedule -ScheduleString '${text}')
ConvertTo-Json -Compress @(@($tokens.Day), @($tokens.HourDuration), (Convert-CMSchedule $tokens), ($tokens | ` +
      `Convert-CMSchedule), (Convert-CMSchedule -ScheduleToken $tokens[0]),
  @(Convert-CMSchedule -ScheduleString '0001200000100038', '${text}').Count, @(Convert-CMSchedule -ScheduleString ` +
      `'').Count, @(Convert-CMSchedule 0001200000100038).DaySpan)`;
    expect(await run(script)).to.deep.equal([[2, 3, 4, 5, 6], [7, 7, 7, 7, 7], text, text, text.slice(0, 16), 6, 0, 7]);
  });

  it('Convert-CMSchedule takes tokens that went through CliXml, CSV, WMI dates and hashtables', async () => {
    const script =
      `$token = New-CMSchedule ${AT} -DayOfWeek Tuesday -WeekOrder Second -OffsetDay 1 -IsUtc
$file = Join-Path '${home}' 'token.xml'
$token | Export-Clixml -Path $file
$texts = [pscustomobject]@{ Day = '3'; Offset = '1'; WeekOrder = '2'; ForNumberOfMonths = '1'; IsGMT = 'True'; ` +
      `StartTime = '2026-11-25 02:00' }
$wmi = [pscustomobject]@{ StartTime = '20261125020000.000000+***'; IsGMT = $false; Day = [uint32] 3; ` +
      `ForNumberOfWeeks = [uint32] 1 }
ConvertTo-Json -Compress @((Import-Clixml -Path $file | Convert-CMSchedule), (Convert-CMSchedule $texts), ` +
      `(Convert-CMSchedule $wmi),
  (Convert-CMSchedule @{ DaySpan = 7 }))`;
    expect(await run(script, { TZ: 'America/New_York' })).to.deep.equal([
      '0059BE0000331441',
      '0059BE0000331441',
      '0059BE00001B2000',
      '0001200000100038',
    ]);
  });

  it('the component of a real site takes a schedule, shows the next run and loses it again', async () => {
    const shown = await run<Record<string, unknown>>(
      `$site = New-CMSyncSite -SiteCode ABC
$tokens = 'Monday', 'Thursday' | ForEach-Object { New-CMSchedule -DayOfWeek $_ ${AT} }
$set = Set-CMSoftwareUpdatePointComponent -Schedule $tokens -PassThru
$prop = (Get-CMSoftwareUpdatePointComponent -WsusSyncManager).Props | Where-Object PropertyName -eq 'Sync Schedule'
$off = Get-CMSoftwareUpdatePointComponent | Set-CMSoftwareUpdatePointComponent -Schedule $null -PassThru
[ordered]@{ note = Join-Path $site.InstallDir 'engine.json'; reason = $set.NextSyncReason; type = ` +
        `$set.NextSyncTime.GetType().Name; hour = $set.NextSyncTime.Hour; text = $prop.Value1
  days = @(Convert-CMSchedule -ScheduleString $prop.Value1).Day; off = $off.NextSyncReason; none = $null -eq ` +
        `$off.NextSyncTime } | ConvertTo-Json -Compress`,
    );
    const { note, ...rest } = shown;
    process.kill((JSON.parse(readFileSync(String(note), 'utf8')) as { processId: number }).processId);
    expect(rest).to.deep.equal({
      reason: 'schedule; only while an engine runs, because no service is installed',
      type: 'DateTime',
      hour: 2,
      text: '0059BE00001A20000059BE00001D2000',
      days: [2, 5],
      off: 'no schedule',
      none: true,
    });
  });

  const mistakes: readonly (readonly [command: string, id: string, message: RegExp])[] = [
    ['New-CMSchedule -DayOfMonth 32', 'ScheduleTokenInvalid,New-CMSchedule', /MonthDay is 32 and must be 0 to 31/],
    [
      'New-CMSchedule -RecurInterval Hours -RecurCount 24',
      'ScheduleTokenInvalid,New-CMSchedule',
      /HourSpan is 24 and must be 0 to 23/,
    ],
    ['New-CMSchedule -RecurInterval Days -RecurCount 0', 'ScheduleTokenInvalid,New-CMSchedule', /at least 1/],
    [
      'New-CMSchedule -DayOfWeek Monday -WeekOrder First -OffsetDay -1',
      'ScheduleTokenInvalid,New-CMSchedule',
      /Offset is -1 and must be 0 to 7/,
    ],
    [
      'New-CMSchedule -DurationCount 32 -DurationInterval Days',
      'ScheduleTokenInvalid,New-CMSchedule',
      /DayDuration is 32/,
    ],
    [
      `New-CMSchedule ${AT} -End '2026-11-25 02:00'`,
      'ScheduleTokenInvalid,New-CMSchedule',
      /the end is not after the start/,
    ],
    ["New-CMSchedule -Start '2034-01-01'", 'ScheduleTokenInvalid,New-CMSchedule', /in the year 2034/],
    [
      "Convert-CMSchedule -ScheduleString '000120000010003Z'",
      'ScheduleStringInvalid,Convert-CMSchedule',
      /at position 16: "Z" is not a hexadecimal digit/,
    ],
    ['Convert-CMSchedule -InputObject 5', 'ScheduleTokenInvalid,Convert-CMSchedule', /none of the properties/],
  ];
  it('mistakes are errors that say what is wrong and what to do', async () => {
    const caught = await run<Caught[]>(
      `ConvertTo-Json -Compress ` +
        `@(${mistakes.map(([command]) => `(& { ${errorOf(command)} } | ConvertFrom-Json)`).join('\n')})`,
    );
    for (const [index, [command, id, message]] of mistakes.entries()) {
      expect(caught[index]?.id, command).to.equal(id);
      expect(caught[index]?.message, command).to.match(message);
      expect(caught[index]?.next, command).to.not.equal('');
    }
  });
});
