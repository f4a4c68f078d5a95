function Wait-CMSyncRunEnd {
    # Waits for a run with a progress bar. Ctrl+C and the time-out end the wait and never the run.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [psobject] $Run,

        [int] $TimeoutSeconds,

        $Caller
    )

    $params = @{ id = [int] $Run.Id }
    if ($TimeoutSeconds -gt 0) { $params['timeoutSeconds'] = $TimeoutSeconds }
    $wait = @{
        WatchRun   = $Run.Id
        Activity   = "Synchronizing software updates of site $($Run.SiteCode) (run $($Run.Id))"
        CancelText = "The synchronization goes on (run $($Run.Id)). Look at it with Get-CMSyncRun -Id $($Run.Id)."
    }
    $finished = Invoke-CMSyncMethod -Method 'run/wait' -Params $params -Caller $Caller @wait
    ConvertTo-CMSyncRun -InputObject $finished.run
}
