<#
A runbook for a Hybrid Runbook Worker of Azure Automation: synchronizes a site and gives one object out, which the next
runbook or a webhook takes. A failed run is one error, so the job is shown as failed.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $SiteCode,

    [int] $TimeoutSeconds = 7200
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if (-not (Get-Module -Name ConfigMgrSync)) { Import-Module -Name ConfigMgrSync }
[void] (Connect-CMSyncSite -SiteCode $SiteCode)
$run = Sync-CMSoftwareUpdate -Wait -PassThru -TimeoutSeconds $TimeoutSeconds -ErrorVariable failed -ErrorAction SilentlyContinue
[pscustomobject]@{
    SiteCode        = $SiteCode
    Run             = $run.Id
    State           = $run.State
    New             = $run.Counts.New
    Expired         = $run.Counts.Expired
    DurationSeconds = $run.DurationSeconds
    Critical        = @(Get-CMSoftwareUpdate -Fast -IsExpired $false -IsSuperseded $false -Severity Critical).Count
}
if ($failed.Count -gt 0) { throw $failed[0] }
