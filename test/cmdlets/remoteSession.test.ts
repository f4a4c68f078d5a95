import { expect } from 'chai';
import { powershellSuite } from '../powershell/powershellEngine.js';
import { jsonOf, withFake } from './fakeSession.js';

powershellSuite('cmdlets: a session that can take the engine with it', (engine) => {
  it('is one of WinRM, JEA or OpenSSH, of a site without a service; said on Windows alone', () =>
    withFake('manySites', async (fake) => {
      const script = `$folder = Join-Path ([IO.Path]::GetTempPath()) "cmsync-remote-$PID"
$null = New-Item -ItemType Directory -Path $folder
$warn = {
    param($Folder, $Platform)
    Write-CMSyncSessionWarning -SitePath $Folder -Platform $Platform -WarningVariable said 3>$null
    @($said).Count
}
$module = Get-Module ConfigMgrSync
$kept = $env:SSH_CONNECTION
$env:SSH_CONNECTION = ''
$results = @(& $module $warn $folder Win32NT)
$env:SSH_CONNECTION = '192.0.2.1 50000 192.0.2.2 22'
$results += & $module $warn $folder Win32NT
$results += & $module $warn $folder Unix
$results += & $module { [int] (Test-CMSyncRemoteSession) }
$env:SSH_CONNECTION = ''
$global:PSSenderInfo = 'somebody'
$results += & $module $warn $folder Win32NT
Set-Content -LiteralPath (Join-Path $folder 'service.json') -Value '{}'
$results += & $module $warn $folder Win32NT
Remove-Variable -Name PSSenderInfo -Scope Global
$env:SSH_CONNECTION = $kept
Remove-Item -Recurse -LiteralPath $folder
ConvertTo-Json -Compress -InputObject $results`;
      expect(await jsonOf(engine(), fake, script)).to.deep.equal([0, 1, 0, 1, 1, 0]);
    }));
});
