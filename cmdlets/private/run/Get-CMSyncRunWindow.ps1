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

    $of = { param($params) @((Invoke-CMSyncMethod -Method 'run/list' -Params $params -SiteCode $SiteCode -Caller $Caller).runs) }
    $own = & $of @{ id = $Run }
    $newest = & $of @{ newest = 1 }
    $to = $null
    if ($newest[0].Id -gt $Run) { $to = ConvertFrom-CMSyncTime -InputObject @(& $of @{ id = $Run + 1 })[0].StartTime }
    @{ From = ConvertFrom-CMSyncTime -InputObject $own[0].StartTime; To = $to }
}
