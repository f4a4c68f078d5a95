function Show-CMSyncMaintenancePreview {
    # Says what a maintenance would do, one message of -WhatIf for each update or revision. -Caller runs with -WhatIf, so that
    # ShouldProcess only tells.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [Parameter(Mandatory = $true)]
        [psobject] $Maintenance,

        [string] $SiteCode,

        [Parameter(Mandatory = $true)]
        $Caller
    )

    $site = "site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
    $operations = [ordered]@{
        Remove         = "Remove from the database of $site"
        Decline        = "Decline in the catalogue of $site"
        DeleteUpdate   = "Delete the update from the catalogue of $site"
        DeleteRevision = "Delete the revision from the catalogue of $site"
    }
    $counted = 'Removed', 'Declined', 'DeletedUpdates', 'DeletedRevisions', 'CompactedSegments'
    if (-not @($counted | Where-Object { $Maintenance.$_ -gt 0 })) {
        [void] $Caller.ShouldProcess("Nothing to clean up on $site.", "Nothing to clean up on $site.", 'Clean up')
        return
    }
    $totals = @{
        Remove         = $Maintenance.Removed
        Decline        = $Maintenance.Declined
        DeleteUpdate   = $Maintenance.DeletedUpdates
    }
    foreach ($action in $operations.Keys) {
        $items = @($Maintenance.Items | Where-Object { $_.Action -eq $action })
        foreach ($item in $items) {
            $target = '{0} ({1}, revision {2}). {3}' -f $item.LocalizedDisplayName, $item.CI_UniqueID, $item.RevisionNumber, $item.Reason
            [void] $Caller.ShouldProcess($target, $operations[$action])
        }
        $more = if ($totals.ContainsKey($action)) { $totals[$action] - $items.Count } else { 0 }
        if ($more -gt 0) { [void] $Caller.ShouldProcess("$more more update(s)", $operations[$action]) }
    }
    if ($Maintenance.DeletedRevisions -gt 0) {
        [void] $Caller.ShouldProcess("$($Maintenance.DeletedRevisions) revision(s) in total", "Delete from the catalogue of $site")
    }
    if ($Maintenance.CompactedSegments -gt 0) {
        $target = '{0} file(s) of documents, about {1} bytes' -f $Maintenance.CompactedSegments, $Maintenance.FreedBytes
        [void] $Caller.ShouldProcess($target, "Free disk space on $site")
    }
}
