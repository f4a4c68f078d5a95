import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite, repositoryRoot } from '../powershell/powershellEngine.js';
import { jsonOf, quoted, withFake } from './fakeSession.js';
import { moduleScripts } from './moduleScripts.js';

const scripts = moduleScripts();
const commands = scripts.filter(({ folder }) => folder === 'public').map(({ name }) => name);

/** What a command needs to ask about an object; the others need nothing. */
const given: Readonly<Record<string, string>> = {
  'Add-CMSoftwareUpdatePoint': '-SiteSystemServerName nosuch',
  'Add-CMSyncServer':
    '-DatabaseAddress (ConvertTo-SecureString a -AsPlainText -Force) ' +
    '-DatabaseKey (ConvertTo-SecureString k -AsPlainText -Force)',
  'Backup-CMSyncSite': '-Path backup',
  'Clear-CMComponentStatusMessageCount': '-ComponentName c -Severity All',
  'Connect-CMSyncSite': '-SiteCode QQQ',
  'Convert-CMSchedule': '-ScheduleString XX',
  'Disable-CMAlert': '-Id 9',
  'Disable-CMStatusFilterRule': '-Name r',
  'Enable-CMAlert': '-Id 9',
  'Enable-CMStatusFilterRule': '-Name r',
  'Export-CMSyncCatalog': '-Path nosuch.cab',
  'Export-CMSyncCertificate': '-Path nosuch.cer',
  'Export-CMSyncDatabaseKey': '-Path nosuch.txt',
  'Export-CMSyncReport': '-Path nosuch.html',
  'Get-CMComponentStatusMessage': '-StartTime 2026-01-01',
  'Get-CMSoftwareUpdate': '-Fast',
  'Get-CMSoftwareUpdateCategory': '-Fast',
  'Get-CMSoftwareUpdateContentInfo': '-Id 9',
  'Get-CMSoftwareUpdateGroup': '-SiteCode ABC',
  'Get-CMSyncLog': '-Path nosuch.log',
  'Import-CMSyncCatalog': '-Path nosuch.cab',
  'Move-CMSyncSite': '-Database Sqlite',
  'New-CMSchedule': '-RecurInterval Days -RecurCount 1',
  'New-CMAlertSubscription': '-Name nosuch -AddEmailAddress nobody',
  'New-CMSiteSystemServer': 'nosuch',
  'New-CMStatusFilterRule': '-Name r',
  'New-CMSyncSite': '-SiteCode ABC',
  'New-CMSyncStatusToken': '-Name nosuch',
  'Remove-CMAlert': '-Id 9',
  'Remove-CMAlertSubscription': '-Name nosuch',
  'Remove-CMSoftwareUpdatePoint': '-SiteSystemServerName nosuch',
  'Remove-CMStatusFilterRule': '-Name r',
  'Remove-CMSyncServer': '-ServerName nosuch',
  'Remove-CMSyncStatusToken': '-Name nosuch',
  'Restore-CMSyncSite': '-Path nosuch',
  'Revoke-CMSyncSite': '-ChildSiteCode QQQ',
  'Save-CMSoftwareUpdate': '-SoftwareUpdateId 9 -DeploymentPackageName x',
  'Set-CMAlert': '-Id 9 -Comment x',
  'Set-CMAlertSubscription': '-Name nosuch -NewName x',
  'Set-CMSiteMaintenanceTask': '-MaintenanceTask DeleteAgedLogData -Enabled $true',
  'Set-CMSiteSystemServer': 'nosuch -FdmOperation $true',
  'Set-CMSoftwareUpdate': '-Id 9 -CustomSeverity Low',
  'Set-CMSoftwareUpdatePoint': '-SiteSystemServerName nosuch -HttpPort 80',
  'Set-CMSoftwareUpdatePointComponent': '-AddProduct Nope',
  'Set-CMSoftwareUpdateSummarizationSchedule': '-Interval 1 -Unit Days',
  'Set-CMStatusFilterRule': '-Name r -MessageId 6703',
  'Set-CMSyncDatabaseAddress': '-DatabaseAddress (ConvertTo-SecureString a -AsPlainText -Force)',
  'Set-CMSyncDatabaseKey': '-DatabaseKey (ConvertTo-SecureString k -AsPlainText -Force)',
  'Set-CMSyncNotification': '-Sender nobody',
  'Suspend-CMAlert': '-Id 9 -SkipUntil 2999-01-01',
  'Test-CMSyncAlertSubscription': '-Name nosuch',
};

/** What each command shows and leaves in -ErrorVariable, one line of JSON for all. */
function everyCommand(names: readonly string[], action: string): string {
  const table = names.map((name) => `${quoted(name)} = { ${name} ${given[name] ?? ''} @common }`).join('\n');
  return `$ConfirmPreference = 'None'
$calls = [ordered]@{ ${table} }
$seen = [ordered]@{}
foreach ($name in $calls.Keys) {
    $common = @{ ErrorAction = '${action}'; ErrorVariable = 'kept'; WarningAction = 'SilentlyContinue' }
    if ((Get-Command -Name $name).Parameters.ContainsKey('Confirm')) { $common['Confirm'] = $false }
    $kept = @()
    $caught = 0
    $shown = 0
    try {
        . $calls[$name] 2>&1 | ForEach-Object { if ($_ -is [System.Management.Automation.ErrorRecord]) { $shown++ } }
    } catch {
        $caught++
    }
    $seen[$name] = @($shown, @($kept).Count, $caught)
}
ConvertTo-Json -Compress $seen`;
}

type Seen = Readonly<Record<string, readonly [shown: number, kept: number, caught: number]>>;

powershellSuite('cmdlets: -ErrorAction', (engine) => {
  it('reaches every error of one object, by the syntax tree of all scripts', () =>
    withFake('', async (fake) => {
      const files = scripts.map(({ folder, name }) => quoted(join(repositoryRoot(), 'cmdlets', folder, `${name}.ps1`)));
      const script = `$ErrorActionPreference = 'Stop'
$found = @(& ${quoted(join(repositoryRoot(), 'test', 'cmdlets', 'errorAction.ps1'))} -Path ${files.join(',')})
ConvertTo-Json -Compress $found`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        // These decide by Test-CMSyncObjectError itself, or are about the session, a question or a method.
        'Get-CMSyncConnection: ends with an error that is not named',
        'Invoke-CMSyncMethod: ends with an error that is not named',
        'Save-CMSyncObject: ends with an error that is not named',
        'Save-CMSyncObject: ends with an error that is not named',
        'Confirm-CMSyncAction: ends with an error that is not named',
        'Get-CMSyncSiteFolder: ends with an error that is not named',
      ]);
    }));

  const asking = commands.filter((name) => name !== 'Connect-CMSyncSite');
  for (const [action, kept] of [
    ['SilentlyContinue', 1],
    ['Ignore', 0],
  ] as const) {
    it(`${action} shows nothing of any command, and the script goes on`, () =>
      withFake('failAll', async (fake) => {
        const seen = await jsonOf<Seen>(engine(), fake, everyCommand(asking, action));
        for (const name of asking) expect(seen[name], name).to.deep.equal([0, kept, 0]);
      }));
  }

  it('Stop makes each of them one that try and catch see', () =>
    withFake('failAll', async (fake) => {
      const seen = await jsonOf<Seen>(engine(), fake, everyCommand(asking, 'Stop'));
      expect(asking.filter((name) => seen[name]?.[2] !== 1)).to.deep.equal([]);
    }));

  it('a site that is named is an object; the site of the session is not', () =>
    withFake('fail=site/connect', async (fake) => {
      const both = ['Connect-CMSyncSite', 'Get-CMSite'];
      const seen = await jsonOf<Seen>(engine(), fake, everyCommand(both, 'SilentlyContinue'));
      expect(seen['Connect-CMSyncSite']).to.deep.equal([0, 1, 0]);
      expect(seen['Get-CMSite']?.[2]).to.equal(1);
    }));

  it('the preference of a script counts, as for commands of the product', () =>
    withFake('fail=run/list', async (fake) => {
      const script = `$caught = & {
    $ErrorActionPreference = 'Stop'
    try { Get-CMSyncRun -Id 9; 'went on' } catch { 'caught' }
}
$silent = & { $ErrorActionPreference = 'SilentlyContinue'; @(Get-CMSyncRun -Id 9 2>&1).Count }
ConvertTo-Json -Compress @($caught, $silent)`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(['caught', 0]);
    }));

  it('Put() has no -ErrorAction: try and catch see what is refused, in its own words', () =>
    withFake('fail=component/set', async (fake) => {
      const script = `$category = Get-CMSoftwareUpdateCategory -Fast
try { $category.Put(); 'went on' | ConvertTo-Json } catch { $_.Exception.InnerException.Message | ConvertTo-Json }`;
      expect(await jsonOf(engine(), fake, script)).to.equal('There is no run 9 (\u00e9).');
    }));

  it('a question where nobody can answer says how not to be asked', () =>
    withFake('', async (fake) => {
      const script = `$calls = { Remove-CMSoftwareUpdatePoint a }, { Revoke-CMSyncSite PS1 }, { Restore-CMSyncSite x }
$caught = foreach ($call in $calls) {
    try { & $call } catch { $_.FullyQualifiedErrorId; $_.ErrorDetails.RecommendedAction -match '-Force' }
}
ConvertTo-Json -Compress $caught`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(
        ['Remove-CMSoftwareUpdatePoint', 'Revoke-CMSyncSite', 'Restore-CMSyncSite'].flatMap((name) => [
          `ConfirmationImpossible,${name}`,
          true,
        ]),
      );
    }));

  it('one update that does not exist keeps none of the others from being set', () =>
    withFake('unknownUpdate=8', async (fake) => {
      const script =
        `7, 8, 9 | ForEach-Object { [pscustomobject]@{ CI_ID = $_ } } | ` +
        `Set-CMSoftwareUpdate -CustomSeverity Low -ErrorAction SilentlyContinue -ErrorVariable kept; $kept.Count`;
      expect(await jsonOf(engine(), fake, script)).to.equal(1);
      expect(fake.notes('update/set').map(({ value }) => value['ciIds'])).to.deep.equal([
        [7, 8, 9],
        [7, 9],
      ]);
    }));
});
