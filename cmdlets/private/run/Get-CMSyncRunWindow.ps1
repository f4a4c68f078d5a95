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

    $runs = @{}
    foreach ($asked in @{ id = $Run }, @{ newest = 1 }, @{ id = $Run + 1 }) {
        $answer = Invoke-CMSyncMethod -Method 'run/list' -Params $asked -SiteCode $SiteCode -Caller $Caller
        if ($null -eq $answer) { return }
        foreach ($one in $answer.runs) { $runs[[int] $one.Id] = $one }
    }
    if (-not $runs.ContainsKey($Run)) {
        return Write-CMSyncError -ErrorId 'RunNotFound' -Data @{ run = $Run } -TargetObject $Run -Caller $Caller
    }
    $to = $null
    if ($runs.ContainsKey($Run + 1)) { $to = ConvertFrom-CMSyncTime -InputObject $runs[$Run + 1].StartTime }
    @{ From = ConvertFrom-CMSyncTime -InputObject $runs[$Run].StartTime; To = $to }
}
