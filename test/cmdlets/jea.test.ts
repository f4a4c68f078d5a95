import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { powershellSuite, repositoryRoot, runInSession } from '../powershell/powershellEngine.js';
import { quoted, withFake } from './fakeSession.js';

const exported = readdirSync(join(repositoryRoot(), 'cmdlets', 'public'))
  .filter((file) => file.endsWith('.ps1'))
  .map((file) => file.replace('.ps1', ''))
  .sort();
const ROLES = ['Status', 'Operators', 'Administrators'] as const;

interface Seen {
  readonly commands: readonly string[];
  readonly others: readonly string[];
  readonly status: string;
  readonly script: string;
}

/**
 * What PowerShell makes of a role, as far as every host can: the sample configuration and its role capability are read,
 * the module is loaded, all that
 * the role does not name becomes private, and the language is taken away. (Register-PSSessionConfiguration itself is
 * Windows'.)
 */
const session = (role: string): string =>
  `$ErrorActionPreference = 'Stop'
$root = ${quoted(repositoryRoot())}
function Read-Data($file) { & ([scriptblock]::Create([System.IO.File]::ReadAllText($file))) }
$configuration = Read-Data (Join-Path $root 'docs/examples/ConfigMgrSync.pssc')
if ($configuration.SessionType -ne 'RestrictedRemoteServer') { throw 'The session is not restricted.' }
$name = $configuration.RoleDefinitions['CONTOSO\\ConfigMgrSync ${role}'].RoleCapabilities
$capability = Read-Data (Join-Path $root "RoleCapabilities/$name.psrc")
$state = [initialsessionstate]::CreateDefault2()
$state.ImportPSModule([string[]] (Join-Path $root "$($capability.ModulesToImport).psd1"))
$runspace = [runspacefactory]::CreateRunspace($state); $runspace.Open()
# What a RestrictedRemoteServer shows of PowerShell's own.
$public = 'Get-Command', 'Get-Help', 'Get-FormatData', 'Measure-Object', 'Out-Default', 'Select-Object', ` +
  `'Exit-PSSession', 'Clear-Host'
foreach ($command in $runspace.SessionStateProxy.InvokeCommand.GetCommands('*', 'Alias, Function, Filter, ` +
  `Cmdlet', $true)) {
  $visible = @($capability.VisibleFunctions | Where-Object { "$($command.ModuleName)\\$($command.Name)" -like $_ })
  if (-not $visible -and $command.Name -notin $public) { $command.Visibility = 'Private' }
}
$runspace.SessionStateProxy.Applications.Clear(); $runspace.SessionStateProxy.Scripts.Clear()
$runspace.SessionStateProxy.LanguageMode = 'NoLanguage'
function Invoke($name) { $shell = [powershell]::Create(); $shell.Runspace = $runspace; $shell.AddCommand($name, ` +
  `$true).Invoke(); if ($shell.HadErrors) { throw $shell.Streams.Error[0] } }
$all = @(Invoke 'Get-Command' | ForEach-Object Name | Sort-Object -Unique)
$script = try { $shell = [powershell]::Create(); $shell.Runspace = $runspace; [void] ` +
  `$shell.AddScript('[System.IO.Path]::GetTempPath()').Invoke(); 'ran' } catch { 'refused' }
[ordered]@{
  commands = @($all | Where-Object { $_ -match '-CM' }); others = @($all | Where-Object { $_ -notmatch '-CM' })
  status = [string] (Invoke 'Get-CMSoftwareUpdateSyncStatus').SiteCode; script = $script
} | ConvertTo-Json -Compress -Depth 3
exit 0`;

powershellSuite('cmdlets: JEA', (engine) => {
  const seen: Partial<Record<(typeof ROLES)[number], Seen>> = {};
  before(async () => {
    for (const role of ROLES) {
      await withFake('', async (fake) => {
        const { stdout, stderr } = await runInSession(engine(), session(role), { env: fake.env });
        if (!stdout.includes('{')) throw new TypeError(`${stdout}\n${stderr}`);
        seen[role] = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Seen;
      });
    }
  });

  it('the status role sees what changes nothing, and it works', () => {
    expect(seen.Status?.commands).to.deep.equal(
      exported.filter((name) => /^(Get|Test|Wait|Connect|Convert)-|^New-CMSchedule$/.test(name)),
    );
    expect(seen.Status?.status).to.equal('ABC');
  });

  it('the operator role starts, stops and repairs beside that, and sets nothing', () => {
    const more = seen.Operators?.commands.filter((name) => seen.Status?.commands.includes(name) !== true) ?? [];
    // By name, so that a command that comes later is given to operators on purpose or not at all.
    expect(more).to.deep.equal([
      'Invoke-CMSyncMaintenance',
      'Repair-CMSyncStore',
      'Start-CMSyncService',
      'Stop-CMSyncRun',
      'Stop-CMSyncService',
      'Sync-CMSoftwareUpdate',
    ]);
  });

  it('the administrator role sees every command', () => {
    expect(seen.Administrators?.commands).to.deep.equal(exported);
  });

  it('no role has a language, or a command with which more could be done', () => {
    for (const role of ROLES) {
      expect(seen[role]?.script, role).to.equal('refused');
      expect(
        seen[role]?.others.filter((name) => /^(Start|Invoke|New|Set|Add|Import|Remove)-/.test(name)),
        role,
      ).to.deep.equal([]);
    }
  });
});
