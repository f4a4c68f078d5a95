function ConvertTo-CMSyncMaintenance {
    # What a maintenance did, or would do. Ours: no class of the product is behind it.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_Maintenance', 'ConfigMgrSync.Maintenance')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName         = 'ConfigMgrSync.Maintenance'
            WhatIf             = [bool] $item.WhatIf
            Interrupted        = [bool] $item.Interrupted
            StartTime          = ConvertFrom-CMSyncTime -InputObject $item.StartTime
            DurationSeconds    = [double] $item.DurationSeconds
            Removed            = [uint32] $item.Removed
            Declined           = [uint32] $item.Declined
            DeletedUpdates     = [uint32] $item.DeletedUpdates
            DeletedRevisions   = [uint32] $item.DeletedRevisions
            RemainingRevisions = [uint32] $item.RemainingRevisions
            CompactedSegments  = [uint32] $item.CompactedSegments
            FreedBytes         = [long] $item.FreedBytes
            Items              = [object[]] @(foreach ($value in $item.Items) { ConvertTo-CMSyncMaintenanceItem -InputObject $value })
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_Maintenance')
        $result
    }
}
