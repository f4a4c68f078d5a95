import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { removeHome } from '../fixtures/removeHome.js';
import { powershellSuite, repositoryRoot, jsonInSession } from '../powershell/powershellEngine.js';
import { GatedUpstream } from '../process/GatedUpstream.js';
import { IMPORT_MODULE_JSON, quoted } from './fakeSession.js';

/**
 * Lines of scripts in the wild (reference section 1.10) as they stand there, each beside what it must give. `$result`
 * is its output.
 */
const LINES: readonly (readonly [string, string])[] = [
  ['(Get-CMSite -SiteCode $SiteCode).ReportingSiteCode', "$result -eq ''"],
  [
    "Get-CMSoftwareUpdatePointComponent -SiteCode $SiteCode | % Props | ? PropertyName -eq 'Call WSUS Cleanup'",
    '@($result).Count -eq 1 -and $result.Value -eq 0',
  ],
  [
    '(Get-CMSiteComponent -SiteCode $SiteCode -ComponentName SMS_WSUS_Sync_Manager).Props',
    "@($result.PropertyName) -contains 'Sync Schedule'",
  ],
  ['Get-CMSoftwareUpdatePointComponent -WsusSyncManager', "$result.ComponentName -eq 'SMS_WSUS_SYNC_MANAGER'"],
  [
    '$props = (Get-CMSoftwareUpdatePointComponent -WsusSyncManager).Props; Convert-CMSchedule -ScheduleString ' +
      "($props | ? PropertyName -eq 'Sync Schedule').Value1",
    '$result.DaySpan -eq 7',
  ],
  [
    'Get-CMSoftwareUpdateCategory -Fast | ? { $_.SourceSite -eq $SiteCode -and $_.IsSubscribed }',
    '@($result).Count -gt 1',
  ],
  [
    "Get-CMSoftwareUpdateCategory -Fast -TypeName Product -Name 'Windows 11*'",
    "@($result | ? LocalizedCategoryInstanceName -eq 'Windows 11').Count -eq 1",
  ],
  [
    "Get-CMAlert | ? Name -match 'Synchronization failure alert for software update point:'",
    '@($result).Count -eq 1 -and $result.AlertState -eq 5',
  ],
  ['Sync-CMSoftwareUpdate -FullSync $true', '$null -eq $result'],
  [
    '[void] (Wait-CMSyncRun); do { Start-Sleep 1 } until ((Get-CMSoftwareUpdateSyncStatus).LastSyncState -eq 6702)',
    '$null -eq $result',
  ],
  [
    "Get-CMSoftwareUpdateSyncStatus | ? WSUSSourceServer -like '*127.0.0.1*' | select LastSyncState, " +
      'LastSyncStateTime, LastSyncErrorCode',
    '$result.LastSyncState -eq 6702 -and $result.LastSyncErrorCode -eq 0',
  ],
  [
    "Set-CMSoftwareUpdatePointComponent -SiteCode $SiteCode -AddProduct 'Windows 11' -AddUpdateClassification " +
      "'Security Updates','Upgrades' -EnableSynchronization $true -Schedule $s",
    '$null -eq $result',
  ],
  [
    'Get-CMSoftwareUpdate -Fast -IsExpired $false -IsSuperseded $false -DatePostedMin (Get-Date).AddMonths(-1200)',
    '@($result).Count -gt 0',
  ],
  [
    "Get-CMSiteStatusMessage -ViewingPeriod '2012/09/03 02:16:10.000' -Severity Information -SiteCode $SiteCode",
    '@($result).MessageID -contains 6702',
  ],
  [
    '@(Get-CMComponentStatusMessage -ComponentName SMS_WSUS_SYNC_MANAGER -Severity Error -StartTime ' +
      '(Get-Date).AddHours(-24)).Count',
    '$result -eq 0',
  ],
  ["Get-CMSyncLog -Run 1 | Where-Object Text -like 'STATMSG: ID=6702*'", '@($result).Count -eq 1'],
  ['Get-CMSyncChange -Run 1 -Change New', '@($result).Count -eq (Get-CMSyncRun 1).Counts.New'],
  ['Test-CMSyncSource -Quiet', '$result -eq $true'],
];

const exported = readFileSync(join(repositoryRoot(), 'ConfigMgrSync.psd1'), 'utf8');
/** Those whose commands this version has. */
const lines = LINES.filter(([line]) =>
  [...line.matchAll(/\b\w+-CM\w+/g)].every(([name]) => exported.includes(`'${name}'`)),
);

const session = (url: string): string =>
  `${IMPORT_MODULE_JSON}
$CMPSSuppressFastNotUsedCheck = $true; $WarningPreference = 'SilentlyContinue'; $SiteCode = 'ABC'
[void] (New-CMSyncSite -SiteCode ABC); [void] (Connect-CMSyncSite ABC)
if ((Get-PSDrive -Name $SiteCode -PSProvider CMSite -ErrorAction SilentlyContinue) -eq $null) { New-PSDrive -Name ` +
  `$SiteCode -PSProvider CMSite -Root $ProviderMachineName }
Set-Location "$($SiteCode):\\"
$s = New-CMSchedule -RecurCount 7 -RecurInterval Days -Start '2020/1/7 12:00:00'
Set-CMSoftwareUpdatePointComponent -SynchronizeAction SynchronizeFromAnUpstreamDataSourceLocation ` +
  `-UpstreamSourceLocation ${quoted(url)} -AddProductFamily 'Windows' -AddUpdateClassification 'Security Updates' ` +
  `-EnableSyncFailureAlert $true -Schedule $s
[void] (Sync-CMSoftwareUpdate -Wait -PassThru)
$wrong = @()
${lines
  .map(
    ([line, check]) =>
      `$result = $null; try { $result = & { ${line} }; if (-not (${check})) { $wrong ` +
      `+= ${quoted(line)} } } catch { $wrong += ${quoted(line)} + ": $_" }`,
  )
  .join('\n')}
ConvertTo-Json -Compress @($wrong)`;

powershellSuite('cmdlets: scripts in the wild', (engine) => {
  it('run as written', async () => {
    const home = mkdtempSync(join(tmpdir(), 'configmgrsync-wild-'));
    const upstream = await GatedUpstream.start(80);
    try {
      const env = {
        CONFIGMGRSYNC_HOME: join(home, 'sites'),
        CONFIGMGRSYNC_SITE: undefined,
        CONFIGMGRSYNC_NODE: process.execPath,
        CONFIGMGRSYNC_ENGINE_MAIN: fileURLToPath(new URL('../../server/main.js', import.meta.url)),
      };
      expect(await jsonInSession<readonly string[]>(engine(), session(upstream.url), { env })).to.deep.equal([]);
    } finally {
      await upstream.close();
      removeHome(join(home, 'sites'));
      rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
    }
  });
});
