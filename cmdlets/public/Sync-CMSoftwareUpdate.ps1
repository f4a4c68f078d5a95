function Sync-CMSoftwareUpdate {
    <#
    .SYNOPSIS
    Asks the site to synchronize software updates with its source.

    .DESCRIPTION
    Starts a synchronization on the site of the session and returns at once, as the command of Configuration Manager does.
    With -Wait it shows progress and returns when the run is over; a run that failed is then one error with the run as its
    target. Ctrl+C ends the wait; the synchronization continues. "Nothing new" is not an error.

    .PARAMETER FullSync
    $true: everything the upstream offers is compared again, but only missing documents are fetched. $false, the
    default: only changes since the last time. A changed source, subscription or supersedence rule, and every seventh day,
    make it full in any case.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .PARAMETER Wait
    Waits until the run is over, also if the synchronization is already running.

    .PARAMETER PassThru
    Returns the run: the finished one with -Wait, else the one that was just started.

    .PARAMETER TimeoutSeconds
    Ends the wait after this many seconds with the error WaitTimeout. The synchronization continues. Only with -Wait.

    .PARAMETER AllowMassExpiry
    Lets many updates expire because the upstream no longer lists them. Without it such a run is
    refused (MassExpiryRefused). It applies only to a full synchronization.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Sync-CMSoftwareUpdate -FullSync $true

    Asks for a full synchronization and returns at once.

    .EXAMPLE
    PS> $run = Sync-CMSoftwareUpdate -Wait -PassThru
    PS> $run.Counts

    Synchronizes, shows the progress and then what was new, revised, expired and fetched.

    .EXAMPLE
    PS> $run = Sync-CMSoftwareUpdate -Wait -PassThru -TimeoutSeconds 3600 -ErrorAction SilentlyContinue
    PS> if (-not $run.Succeeded) { exit 1 }

    For a scheduled task: the exit code shows whether it worked.

    .OUTPUTS
    None, or ConfigMgrSync.Run with -PassThru.

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/sync-cmsoftwareupdate

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncRun

    .LINK
    Wait-CMSyncRun

    .LINK
    Stop-CMSyncRun

    .LINK
    Get-CMSoftwareUpdateSyncStatus
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/sync-cmsoftwareupdate')]
    [OutputType('ConfigMgrSync.Run')]
    param(
        [bool] $FullSync,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [switch] $Wait,

        [switch] $PassThru,

        [ValidateRange(1, 2147483)]
        [int] $TimeoutSeconds,

        [switch] $AllowMassExpiry,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        if ($TimeoutSeconds -and -not $Wait) {
            $data = @{ reason = '-TimeoutSeconds needs -Wait' }
            $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
        }
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Synchronize software updates')) { return }

        if (-not $Wait) { Write-CMSyncSessionWarning -SiteCode $SiteCode -Caller $PSCmdlet }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'FullSync', 'AllowMassExpiry'
        $params += @{ requestId = [guid]::NewGuid().ToString(); requester = [Environment]::UserName; join = [bool] $Wait }
        $answer = Invoke-CMSyncMethod -Method 'sync/start' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $run = ConvertTo-CMSyncObject -Kind 'Run' -InputObject $answer.run
        if ($Wait) {
            $limit = if ($TimeoutSeconds) { @{ TimeoutSeconds = $TimeoutSeconds } } else { @{} }
            $run = Wait-CMSyncRunEnd -Run $run -Joined:(-not $answer.started) -SiteCode $SiteCode -Caller $PSCmdlet @limit
            if ($null -eq $run) { return }
        }
        if ($PassThru) { $run }
        if ($Wait -and -not $run.Succeeded) { Write-CMSyncError -Record (New-CMSyncRunErrorRecord -Run $run) -Caller $PSCmdlet }
    }
}
