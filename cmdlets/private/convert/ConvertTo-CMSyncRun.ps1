function ConvertTo-CMSyncRun {
    # Runs of the contract. Ours: no class of the product is behind it.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_Run', 'ConfigMgrSync.Run')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName         = 'ConfigMgrSync.Run'
            Id                 = [int] $item.Id
            SiteCode           = $item.SiteCode
            Requester          = $item.Requester
            RequestedBy        = $item.RequestedBy
            Kind               = $item.Kind
            Reason             = $item.Reason
            State              = $item.State
            Succeeded          = [bool] $item.Succeeded
            Phase              = $item.Phase
            StartTime          = ConvertFrom-CMSyncTime -InputObject $item.StartTime
            EndTime            = ConvertFrom-CMSyncTime -InputObject $item.EndTime
            DurationSeconds    = [double] $item.DurationSeconds
            Processed          = [uint32] $item.Processed
            Total              = [uint32] $item.Total
            PercentComplete    = [int] $item.PercentComplete
            Counts             = ConvertTo-CMSyncRunCount -InputObject $item.Counts
            SyncCatalogVersion = [uint32] $item.SyncCatalogVersion
            ErrorId            = $item.ErrorId
            ErrorMessage       = $item.ErrorMessage
            NextStep           = $item.NextStep
            FailedUpdates      = [object[]] @(foreach ($value in $item.FailedUpdates) { ConvertTo-CMSyncFailedUpdate -InputObject $value })
            Warnings           = [string[]] @(foreach ($value in $item.Warnings) { $value })
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_Run')
        $result
    }
}
