import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, runWithModule, withFake } from './fakeSession.js';

const QUIET = "$WarningPreference = 'SilentlyContinue'\n";

powershellSuite('cmdlets: pipes that people type', (engine) => {
  it('Get-CMSyncChange | Get-CMSoftwareUpdate -Fast asks for these updates, and names those that are gone', () =>
    withFake('updates=1', async (fake) => {
      const script =
        '$gone = $null; $found = @(Get-CMSyncChange | Get-CMSoftwareUpdate -Fast -WarningVariable gone 3> $null)\n' +
        'ConvertTo-Json -Compress @($found.Count; [string] $gone)';
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([
        1,
        'Not in the site database, or no longer: 4000000000.',
      ]);
      expect(fake.notes('update/list').map(({ value }) => value['id'])).to.deep.equal([4_000_000_000]);
    }));

  it('lists of numbers, products, classifications and a time are asked for as they are', () =>
    withFake('', async (fake) => {
      const script = `${QUIET}$null = Get-CMSoftwareUpdate -Fast -Id 1, 2, 3
$null = Get-CMSoftwareUpdate -Fast -Product 'Windows 11*' -Classification 'Security Updates'
$null = Get-CMSyncChange -Run 1, 2; $null = Get-CMSyncChange -Since ([datetime] '2026-01-02T03:04:05Z')
$null = Get-CMSyncRun -Id 3, 4; $null = Wait-CMSyncRun -Id 5, 6 -TimeoutSeconds 0; $null = Stop-CMSyncRun -Id 8, 9
'true'`;
      expect(await jsonOf(engine(), fake, script)).to.equal(true);
      const updates = fake.notes('update/list').map(({ value }) => value);
      expect(updates[0]).to.deep.include({ ids: [1, 2, 3] });
      expect(updates[1]).to.deep.include({ product: ['Windows 11*'], classification: ['Security Updates'] });
      expect(fake.notes('run/changes').map(({ value }) => value['id'])).to.deep.equal([1, 1, 2, 2, 7, 7]);
      const runs = fake.notes('run/list').map(({ value }) => value);
      expect(runs[0]).to.deep.equal({ startedFrom: '2026-01-02T03:04:05.000Z' });
      expect(runs.slice(1).map((value) => value['id'])).to.deep.equal([3, 4, 5, 6]);
      expect(fake.notes('run/stop').map(({ value }) => value['id'])).to.deep.equal([8, 9]);
    }));

  it('Export-Csv writes the texts of lists; to ConvertTo-Json of Windows PowerShell they stay lists', () =>
    withFake('', async (fake) => {
      // Windows PowerShell has this on every list and writes those that PowerShell wraps as { value, Count }.
      const script = `${QUIET}$both = @{ MemberType = 'AliasProperty'; MemberName = 'Both'; Value = 'Length' }
Update-TypeData -TypeName System.Array @both -Force
$objects = @(Get-CMSoftwareUpdate -Fast; Get-CMSoftwareUpdate; Get-CMSyncChange; Get-CMSoftwareUpdatePointComponent)
$json = $objects | ForEach-Object { $_ | ConvertTo-Json -Depth 5 }
$csv = $objects | ForEach-Object { $_ | ConvertTo-Csv -NoTypeInformation }
Remove-TypeData -TypeName System.Array
ConvertTo-Json -Compress @([bool] ($csv -match 'System.String'); [bool] ($json -match 'Both');
    ($objects[-2].Changes -is [string[]]); (@($csv -match 'New Superseded').Count -gt 0))`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([false, false, true, true]);
    }));

  it('New-CMSyncSite -JoinToken takes the object of New-CMSyncJoinToken, and names another one', () =>
    withFake('', async (fake) => {
      const script = `$null = New-CMSyncSite LAB -JoinToken (New-CMSyncJoinToken)
try { New-CMSyncSite LAB -JoinToken ([pscustomobject] @{ A = 1 }) } catch { "$_" | ConvertTo-Json }`;
      expect(await jsonOf(engine(), fake, script)).to.contain('-JoinToken takes the result of New-CMSyncJoinToken');
      expect(fake.notes('site/new').map(({ value }) => value['joinToken'])).to.deep.equal(['abc']);
    }));

  it('-Verbose tells each request with its time, and the phases of a run', () =>
    withFake('', async (fake) => {
      const { stdout } = await runWithModule(engine(), fake, 'Sync-CMSoftwareUpdate -Wait -Verbose 4>&1');
      expect(stdout)
        .to.match(/Request sync\/start of site \w+/)
        .and.match(/Request sync\/start answered after \d+ ms/)
        .and.match(/Phase \w+: Getting updates/);
    }));

  it('-SiteCode reaches every command that has a site', () =>
    withFake('manySites', async (fake) => {
      const asking = `Get-CMSoftwareUpdate -Fast; Get-CMSoftwareUpdateCategory -Fast; Get-CMSyncRun; Get-CMAlert
Test-CMSyncStore; Get-CMSoftwareUpdateSummarizationSchedule; Invoke-CMSyncMaintenance; Sync-CMSoftwareUpdate`;
      const calls = asking.split(/[;\n]/).map((call) => `$null = ${call} -SiteCode XYZ`);
      expect(await jsonOf(engine(), fake, `${QUIET}${calls.join('\n')}\n'true'`)).to.equal(true);
      expect(fake.notes('site/connect').map(({ value }) => value['siteCode'])).to.deep.equal(['XYZ']);
    }));
});
