function Wait-CMSyncRun {
    <#
    .SYNOPSIS
    Waits until a synchronization is over and returns its run.

    .DESCRIPTION
    Waits for a run with a progress bar, whichever session, schedule or site started it, and always returns the run:
    Succeeded, Failed, Cancelled, or Running after the time limit. A run that did not succeed is not an error here: test
    Succeeded or State. The wait continues if the engine ends meanwhile: the run is then Failed with the ErrorId
    EngineStopped. Ctrl+C and the time limit end the wait, never the synchronization.

    .PARAMETER Id
    The numbers of the runs, also from the pipeline or as the property Id of a run. Without it the newest run of the site is
    used: the running one, or the one that has just ended.

    .PARAMETER TimeoutSeconds
    Ends the wait after this many seconds, for all runs of a pipeline together. A run that is not over is then returned with the
    State Running. 0 returns at once. Default: no limit.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Sync-CMSoftwareUpdate
    PS> $run = Wait-CMSyncRun -TimeoutSeconds 3600
    PS> if (-not $run.Succeeded) { "$($run.State): $($run.ErrorMessage)"; exit 1 }

    Starts a synchronization and waits an hour at most. The object shows the result, without try and catch.

    .EXAMPLE
    PS> Get-CMSyncRun -Newest 1 | Wait-CMSyncRun | Select-Object State, ErrorId, DurationSeconds

    Waits for the run that another session or the schedule has started.

    .EXAMPLE
    PS> (Wait-CMSyncRun -Id 12 -TimeoutSeconds 0).State

    The state of run 12 at this moment.

    .OUTPUTS
    ConfigMgrSync.Run

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncRun

    .LINK
    Stop-CMSyncRun

    .LINK
    Sync-CMSoftwareUpdate
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.Run')]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 2147483647)]
        [int[]] $Id,

        [ValidateRange(0, 2147483)]
        [int] $TimeoutSeconds,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    begin {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
    }

    process {
        $asked = @(if ($PSBoundParameters.ContainsKey('Id')) { foreach ($number in $Id) { @{ id = $number } } } else { @{ newest = 1 } })
        foreach ($params in $asked) {
            $answer = Invoke-CMSyncMethod -Method 'run/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
            if ($null -eq $answer) { continue }
            $known = @($answer.runs)
            if ($known.Count -eq 0) {
                $data = @{ run = if ($params.ContainsKey('id')) { $params['id'] } else { 'on this site yet' } }
                Write-CMSyncError -ErrorId 'RunNotFound' -Data $data -TargetObject $params['id'] -Caller $PSCmdlet
                continue
            }
            $wait = @{ Run = $known[0]; ReturnRunning = $true; SiteCode = $SiteCode; Caller = $PSCmdlet }
            if ($PSBoundParameters.ContainsKey('TimeoutSeconds')) {
                $wait['TimeoutSeconds'] = [System.Math]::Max([double] 0, $TimeoutSeconds - $clock.Elapsed.TotalSeconds)
            }
            Wait-CMSyncRunEnd @wait
        }
    }
}
