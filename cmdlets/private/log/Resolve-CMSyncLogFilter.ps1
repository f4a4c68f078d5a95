function Resolve-CMSyncLogFilter {
    # The filters of Get-CMSyncLog: Component, Severity, From and To, the window of -Run narrowed by -StartTime and -EndTime.
    # Nothing comes back of a run that does not exist, which is told.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    $filter = @{ Component = $BoundParameters['Component']; Severity = $BoundParameters['Severity']; From = $null; To = $null }
    if ($BoundParameters.ContainsKey('Run')) {
        $window = Get-CMSyncRunWindow -Run $BoundParameters['Run'] -SiteCode $BoundParameters['SiteCode'] -Caller $Caller
        if ($null -eq $window) { return }
        $filter.From = $window.From
        $filter.To = $window.To
    }
    $from = $BoundParameters['StartTime']
    $to = $BoundParameters['EndTime']
    if ($null -ne $from -and ($null -eq $filter.From -or $from -gt $filter.From)) { $filter.From = $from }
    if ($null -ne $to -and ($null -eq $filter.To -or $to -lt $filter.To)) { $filter.To = $to }
    $filter
}
