<#
A scheduled task: synchronizes a site and tells by the exit code what became of it.

0 synchronized; 1 the run failed or was stopped; 2 it was still running when the time was up; 3 it could not be started.

powershell.exe -NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -File Invoke-ScheduledSync.ps1 -SiteCode ABC
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $SiteCode,

    [int] $TimeoutSeconds = 14400
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
try {
    if (-not (Get-Module -Name ConfigMgrSync)) { Import-Module -Name ConfigMgrSync }
    [void] (Connect-CMSyncSite -SiteCode $SiteCode)
    # A synchronization that runs already, by the schedule of the site for example, is as good as one of our own.
    try { Sync-CMSoftwareUpdate } catch { if ($_.FullyQualifiedErrorId -notlike 'SyncAlreadyRunning,*') { throw } }
    $run = Wait-CMSyncRun -TimeoutSeconds $TimeoutSeconds
} catch {
    [System.Console]::Error.WriteLine("$($_.FullyQualifiedErrorId): $_")
    exit 3
}
$run
if ($run.Succeeded) { exit 0 }
[System.Console]::Error.WriteLine("Run $($run.Id) is $($run.State). $($run.ErrorId): $($run.ErrorMessage) $($run.NextStep)")
if ($run.State -eq 'Running') { exit 2 }
exit 1
