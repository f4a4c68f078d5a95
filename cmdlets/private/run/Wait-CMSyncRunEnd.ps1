function Wait-CMSyncRunEnd {
    # Waits for a run with a progress bar. Ctrl+C and the time-out end the wait and never the run. At the time limit, if one is
    # given, comes the error WaitTimeout, with -ReturnRunning the run as it stands.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [psobject] $Run,

        [switch] $Joined,

        [switch] $ReturnRunning,

        [double] $TimeoutSeconds,

        [string] $SiteCode,

        $Caller
    )

    $params = @{ id = [int] $Run.Id }
    if ($PSBoundParameters.ContainsKey('TimeoutSeconds')) { $params['timeoutSeconds'] = $TimeoutSeconds }
    if ($ReturnRunning) { $params['returnRunning'] = $true }
    $activity = "Synchronizing $($Run.SiteCode) (run $($Run.Id))"
    $answered = $false
    $script:CMSyncRefusal = $null
    try {
        if ($Joined) {
            $Caller.WriteWarning("A synchronization was already running (run $($Run.Id), $($Run.Kind)): waiting for it.")
        }
        $wait = @{ WatchRun = $Run.Id; Activity = $activity; SiteCode = $SiteCode; Caller = $Caller }
        $finished = Invoke-CMSyncMethod -Method 'run/wait' -Params $params @wait
        if ($null -eq $finished) { return }
        $answered = $true
        if ($finished.run.State -ne 'Running') {
            foreach ($warning in $finished.run.Warnings) { $Caller.WriteWarning($warning) }
        }
        ConvertTo-CMSyncObject -Kind 'Run' -InputObject $finished.run
    } finally {
        # Neither answer nor error: Ctrl+C. A pipeline that stops takes no warning any more; the host still shows a line.
        if (-not $answered -and $null -eq $script:CMSyncRefusal -and $null -ne $Host.UI) {
            $Host.UI.WriteWarningLine("The synchronization continues (run $($Run.Id)). Look at it with Get-CMSyncRun -Id $($Run.Id).")
        }
    }
}
