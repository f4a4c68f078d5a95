function Get-CMSyncRunWindow {
    # The time of a run in the log: from its start to the start of the next one, so that what follows it belongs to it. A hashtable
    # with From and To (nothing for the newest run).
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [int] $Run,

        [string] $SiteCode,

        $Caller
    )

    $call = @{ Method = 'run/list'; SiteCode = $SiteCode; Caller = $Caller }
    $own = Invoke-CMSyncMethod @call -Params @{ id = $Run }
    if ($null -eq $own) { return }
    if (@($own.runs).Count -eq 0) {
        return Write-CMSyncError -ErrorId 'RunNotFound' -Data @{ run = $Run } -TargetObject $Run -Caller $Caller
    }
    $newest = Invoke-CMSyncMethod @call -Params @{ newest = 1 }
    if ($null -eq $newest) { return }
    $to = $null
    if ($newest.runs[0].Id -gt $Run) {
        $next = Invoke-CMSyncMethod @call -Params @{ id = $Run + 1 }
        if ($null -ne $next -and @($next.runs).Count -gt 0) { $to = ConvertFrom-CMSyncTime -InputObject $next.runs[0].StartTime }
    }
    @{ From = ConvertFrom-CMSyncTime -InputObject $own.runs[0].StartTime; To = $to }
}
