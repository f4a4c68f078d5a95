import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

/** One call of every command that only reads and gives objects; what a command needs more stands behind its name. */
const READERS: readonly string[] = [
  'Connect-CMSyncSite ABC',
  'Get-CMAlert',
  'Get-CMAlertSubscription',
  'Get-CMComponentStatusMessage -ComponentName SMS_WSUS_SYNC_MANAGER -StartTime 2026-01-01',
  'Get-CMSite',
  'Get-CMSiteMaintenanceTask',
  'Get-CMSiteComponent',
  'Get-CMSiteStatusMessage -ViewingPeriod 2026-01-01',
  'Get-CMSiteSystemServer',
  'Get-CMSoftwareUpdate -Fast',
  'Get-CMSoftwareUpdateCategory -Fast',
  'Get-CMSoftwareUpdateContentInfo -Id 5',
  'Get-CMSoftwareUpdatePoint',
  'Get-CMSoftwareUpdatePointComponent',
  'Get-CMSoftwareUpdateSummarizationSchedule',
  'Get-CMSoftwareUpdateSyncStatus',
  'Get-CMStatusFilterRule',
  'Get-CMSyncChange -Run 7',
  'Get-CMSyncComponentStatus',
  'Get-CMSyncNotification',
  'Get-CMSyncRun',
  'Get-CMSyncServer',
  'Get-CMSyncStatusToken',
  'New-CMSchedule -Start 2026-12-01',
  'Test-CMSyncAlertSubscription -Name x',
  'Test-CMSyncSource',
  'Test-CMSyncStore',
  'Wait-CMSyncRun',
];

interface Shown {
  readonly call: string;
  readonly count: number;
  readonly error: string;
  readonly given: readonly string[];
  readonly said: readonly string[];
}

powershellSuite('cmdlets: what they say they give', (engine) => {
  it('is what they give, without a user who could be asked', () =>
    withFake('', async (fake) => {
      const script =
        `$WarningPreference = 'SilentlyContinue'; $ErrorActionPreference = 'Stop'
ConvertTo-Json -Depth 4 -Compress @(foreach ($call in ${READERS.map((call) => `'${call}'`).join(', ')}) {
  $reason = ''; $objects = @()
  try { $objects = @(& ([scriptblock]::Create($call))) } catch { $reason = [string] $_ }
  $command = Get-Command $call.Split(' ')[0]
  @{ call = $call; count = $objects.Count; error = $reason; given = @($objects | ForEach-Object { ` +
        `$_.PSObject.TypeNames } | Select-Object -Unique); said = @($command.OutputType | ForEach-Object { $_.Name }) }
})`;
      const shown = await jsonOf<Shown[]>(engine(), fake, script);
      const wrong = shown.flatMap(({ call, count, error, given, said }) => {
        if (error !== '') return [`${call}: ${error}`];
        return count > 0 && said.some((name) => given.includes(name))
          ? []
          : [`${call} gives ${given.join(', ')} and says ${said.join(', ')}`];
      });
      expect(wrong).to.deep.equal([]);
    }));

  it('is an error where they would have to ask, not a question', () =>
    withFake('', async (fake) => {
      const script =
        `ConvertTo-Json -Compress @(foreach ($call in 'Remove-CMSoftwareUpdatePoint sup2', ` +
        `'Remove-CMAlertSubscription -Name x', 'Revoke-CMSyncSite CS1', 'Set-CMAlert -Id 5 -Comment x -Confirm') {
  try { & ([scriptblock]::Create($call)); 'nothing' } catch { [string] $_.CategoryInfo.Category } })`;
      expect(await jsonOf(engine(), fake, script)).to.not.include('nothing');
      expect(fake.notes('sup/remove').concat(fake.notes('alert/set'))).to.deep.equal([]);
      expect(fake.notes('site/revoke').map(({ value }) => value['whatIf'])).to.deep.equal([true]);
    }));
});
