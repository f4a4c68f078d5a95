import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import type { ActualCommand } from '../parity/compareSurface.js';
import { describedCommands } from '../parity/describedCommands.js';
import { loadSurface } from '../parity/surface.js';
import { FakeSession, jsonOf, quoted, runWithModule, withFake } from './fakeSession.js';

/** Verbs that change something, and the commands of these verbs that do not. */
const CHANGING =
  /^(Set|Add|New|Remove|Sync|Stop|Start|Invoke|Import|Export|Save|Backup|Restore|Repair|Revoke|Update|Install|Uninstall|Enable|Disable|Suspend|Clear|Move)-/;
const CHANGES_NOTHING: Readonly<Record<string, string>> = { 'New-CMSchedule': 'makes an object in memory' };

/** What an administrator could not get back. */
const DESTRUCTIVE = [
  'Remove-CMAlert',
  'Remove-CMAlertSubscription',
  'Remove-CMSoftwareUpdatePoint',
  'Remove-CMStatusFilterRule',
  'Remove-CMSyncOldDatabase',
  'Remove-CMSyncServer',
  'Remove-CMSyncStatusToken',
  'Restore-CMSyncSite',
  'Revoke-CMSyncSite',
];

/** One call of every command that changes something; the fake engine notes what reaches it. */
const CALLS: Readonly<Record<string, string>> = {
  'Add-CMSoftwareUpdatePoint': 'sup2',
  'Add-CMSyncServer':
    '-DatabaseAddress (ConvertTo-SecureString a -AsPlainText -Force) ' +
    '-DatabaseKey (ConvertTo-SecureString k -AsPlainText -Force)',
  'Backup-CMSyncSite': './copy',
  'Clear-CMComponentStatusMessageCount': '-ComponentName c -Severity All',
  'Disable-CMAlert': '-Id 5',
  'Disable-CMStatusFilterRule': '-Name r',
  'Enable-CMAlert': '-Id 5',
  'Enable-CMStatusFilterRule': '-Name r',
  'Export-CMSyncCatalog': './out.cab',
  'Export-CMSyncCertificate': './ca.cer',
  'Export-CMSyncDatabaseKey': './key.txt',
  'Export-CMSyncReport': './report.html',
  'Import-CMSyncCatalog': './in.cab',
  'Install-CMSyncService': '',
  'Invoke-CMSoftwareUpdateSummarization': '',
  'Invoke-CMSyncMaintenance': '',
  'Move-CMSyncSite': '-Database Sqlite',
  'New-CMAlertSubscription': '-Name s -AddEmailAddress a@b.c',
  'New-CMSiteSystemServer': 'sup2',
  'New-CMStatusFilterRule': '-Name r',
  'New-CMSyncJoinToken': '',
  'New-CMSyncSite': 'LAB -Path ./lab',
  'New-CMSyncStatusToken': 'Desk',
  'Remove-CMAlert': '-Id 5 -Force',
  'Remove-CMAlertSubscription': '-Name s -Force',
  'Remove-CMSoftwareUpdatePoint': 'sup2 -Force',
  'Remove-CMStatusFilterRule': '-Name r -Force',
  'Remove-CMSyncOldDatabase': '-Force',
  'Remove-CMSyncServer': 'cm02 -Force',
  'Remove-CMSyncStatusToken': 'Desk -Force',
  'Repair-CMSyncSiteAccess': '',
  'Repair-CMSyncStore': '-AcceptLoss',
  'Restore-CMSyncSite': './copy -Force',
  'Revoke-CMSyncSite': 'CS1 -Force',
  'Save-CMSoftwareUpdate': '-DeploymentPackageName p -SoftwareUpdateId 5',
  'Set-CMAlert': '-Id 5 -Comment x',
  'Set-CMAlertSubscription': '-Name s -NewName t',
  'Set-CMSiteMaintenanceTask': '-MaintenanceTask DeleteAgedLogData -Enabled $true',
  'Set-CMSiteSystemServer': 'sup2 -FdmOperation $true',
  'Set-CMSoftwareUpdate': '-Id 5 -CustomSeverity Low',
  'Set-CMSoftwareUpdatePoint': 'server -HttpPort 80',
  'Set-CMSoftwareUpdatePointComponent': '-SiteCode ABC -AddProduct x',
  'Set-CMSoftwareUpdateSummarizationSchedule': '-Interval 1 -Unit Days',
  'Set-CMStatusFilterRule': '-Name r -MessageId 6703',
  'Set-CMSyncDatabaseAddress': '-DatabaseAddress (ConvertTo-SecureString a -AsPlainText -Force)',
  'Set-CMSyncDatabaseKey': '-DatabaseKey (ConvertTo-SecureString k -AsPlainText -Force)',
  'Set-CMSyncNotification': '-SmtpServer mail -Sender a@b.c',
  'Start-CMSyncService': '',
  'Stop-CMSyncRun': '7',
  'Stop-CMSyncService': '',
  'Suspend-CMAlert': '-Id 5 -SkipUntil 2999-01-01',
  'Sync-CMSoftwareUpdate': '-Wait',
  'Uninstall-CMSyncService': '',
  'Update-CMSyncDatabaseKey': '',
  'Update-CMSyncSiteKey': '',
};

/** Methods that only read. maintenance/start, site/move and site/restore do when they say whatIf. */
const READING = new Set(['hello', 'site/connect', 'site/list', 'site/get', 'service/describe', 'catalog/inspect']);

/** Parameters of the CMSync commands that do not take the key of an object by its name, and why. */
const UNBOUND: Readonly<Record<string, string>> = {
  'Add-CMSyncServer -Path': 'names a folder that is not there yet',
  'Backup-CMSyncSite -Path': 'names a folder that is not there yet',
  'New-CMSyncSite -SiteCode': 'names a site that is not there yet',
  'Revoke-CMSyncSite -SiteCode': 'is the parent of what is cut off',
  'Get-CMSyncRun -Id': 'one run is asked for by number',
  'New-CMSyncSite -Path': 'names a folder that is not there yet',
  'Export-CMSyncCatalog -Path': 'would write over the package that comes in',
  'Export-CMSyncCertificate -Path': 'names a file that is not there yet',
  'Export-CMSyncDatabaseKey -Path': 'names a file that is not there yet',
  'Export-CMSyncReport -Path': 'names a file that is not there yet',
};

powershellSuite('cmdlets: the craft of every command', (engine) => {
  let commands: readonly ActualCommand[] = [];

  before(async function () {
    commands = await describedCommands(engine());
  });

  it('has -WhatIf and -Confirm where something changes, and asks before what cannot be undone', () => {
    const wanted = commands
      .filter(({ name }) => CHANGING.test(name) && !(name in CHANGES_NOTHING))
      .map(({ name }) => name);
    expect(
      commands
        .filter(({ name, supportsShouldProcess }) => supportsShouldProcess && !(name in CHANGES_NOTHING))
        .map(({ name }) => name),
    ).to.deep.equal(wanted);
    expect(Object.keys(CALLS).sort()).to.deep.equal(wanted);
    expect(commands.filter(({ confirmImpact }) => confirmImpact === 'High').map(({ name }) => name)).to.deep.equal(
      DESTRUCTIVE,
    );
  });

  it('changes nothing with -WhatIf, prompts for nothing without a user, and names the site of the drive', () =>
    withFake('manySites', async (fake) => {
      const lines = Object.entries(CALLS)
        .map(([name, args]) => `${name} ${args} -WhatIf 3> $null | Out-Null`)
        .join('\n');
      const run = await runWithModule(
        engine(),
        fake,
        `$ErrorActionPreference = 'Stop'; Set-Location -LiteralPath ${quoted(fake.folder)}
[void] (Connect-CMSyncSite ABC); [void] (Connect-CMSyncSite XYZ); Set-Location ABC:\n${lines}\n'done'`,
      );
      expect(run.stdout.trimEnd().endsWith('done'), run.stdout + run.stderr).to.equal(true);
      expect(reached(fake)).to.deep.equal([
        'maintenance/start whatIf',
        'site/move whatIf',
        'site/removeOldDatabase whatIf',
        'server/remove whatIf',
        'statusToken/remove whatIf',
        'site/repairAccess whatIf',
        'site/restore whatIf',
        'site/revoke whatIf',
        'site/setDatabaseAddress whatIf',
        'site/setDatabaseKey whatIf',
      ]);
      expect(readdirSync(fake.folder).sort()).to.deep.equal(['messages.jsonl', 'starts']);
      expect(run.stdout).to.contain('site ABC').and.to.not.contain('site XYZ');
    }));

  it('gives the changed object with -PassThru, and nothing without', () =>
    withFake('', async (fake) => {
      const setters = Object.entries(CALLS).filter(([name]) => /^(Set|Add)-/.test(name));
      for (const [name] of setters)
        expect(
          commands.find((command) => command.name === name)?.parameters.map((parameter) => parameter.name),
          name,
        ).to.include('PassThru');
      const script = `$WarningPreference = 'SilentlyContinue'; ConvertTo-Json -Compress @(
${setters
  .map(
    ([name, args]) =>
      `[string] @(${name} ${args}).Count + ' ' + (${name} ${args} ` + `-PassThru).PSObject.TypeNames[0]`,
  )
  .join('\n')})`;
      const types = setters.map(([name]) => commands.find((command) => command.name === name)?.outputTypes[0] ?? '');
      expect(await jsonOf(engine(), fake, script)).to.deep.equal(types.map((type) => `0 ${type}`));
    }));

  it('takes the keys of our objects from the pipeline by name', () => {
    const keys = ['SiteCode', 'Id', 'Path'];
    const products = new Set(loadSurface().commands.map(({ name }) => name));
    const missing = commands
      .filter(({ name }) => !products.has(name))
      .flatMap(({ name, parameters }) =>
        parameters
          .filter((parameter) => [parameter.name, ...parameter.aliases].some((word) => keys.includes(word)))
          .filter(({ sets }) => !sets.some((set) => set.valueFromPipelineByPropertyName))
          .map((parameter) => `${name} -${parameter.name}`),
      );
    expect(missing.sort()).to.deep.equal(Object.keys(UNBOUND).sort());
  });

  it('joins commands by the pipeline', () =>
    withFake('', async (fake) => {
      const script =
        `$WarningPreference = 'SilentlyContinue'; $ConfirmPreference = 'None'
$counts = @(Get-CMSite | Get-CMSoftwareUpdateSyncStatus).Count, @(Get-CMSyncRun | Get-CMSyncChange).Count, ` +
        `@(Get-CMSoftwareUpdatePoint | Set-CMSoftwareUpdatePoint -HttpPort 81 -PassThru).Count,
  @(Get-CMSoftwareUpdate -Fast | Set-CMSoftwareUpdate -CustomSeverity Low -PassThru).Count, ` +
        `@(Get-CMSoftwareUpdate -Fast | Get-CMSoftwareUpdateContentInfo).Count,
  @(Get-CMAlert | Set-CMAlert -Comment x -PassThru).Count, @(Start-CMSyncService -PassThru | Stop-CMSyncService ` +
        `-PassThru).Count, @(Get-CMSyncRun | Wait-CMSyncRun -TimeoutSeconds 0).Count
Get-CMSoftwareUpdate -Fast | Save-CMSoftwareUpdate -DeploymentPackageName p
Get-CMSoftwareUpdatePoint | Remove-CMSoftwareUpdatePoint
$counts | ConvertTo-Json -Compress`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([0, 1, 1, 1, 3, 1, 1, 1]);
      expect([
        fake.notes('content/save').length,
        fake.notes('sup/remove').length,
        fake.notes('run/changes')[0]?.value['id'],
      ]).to.deep.equal([3, 1, 7]);
    }));
});

/** What reached the fake engine beside the methods that only read. */
function reached(fake: FakeSession): string[] {
  const types = fake.all().filter(({ type }) => !READING.has(type));
  return types.map(({ type, value }) => (value['whatIf'] === true ? `${type} whatIf` : type));
}
