function ConvertTo-CMSyncMaintenanceItem {
    # One update or revision of a maintenance.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_MaintenanceItem', 'ConfigMgrSync.MaintenanceItem')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName           = 'ConfigMgrSync.MaintenanceItem'
            Action               = $item.Action
            CI_ID                = if ($null -ne $item.CI_ID) { [uint32] $item.CI_ID }
            CI_UniqueID          = $item.CI_UniqueID
            RevisionNumber       = [uint32] $item.RevisionNumber
            LocalizedDisplayName = $item.LocalizedDisplayName
            Reason               = $item.Reason
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_MaintenanceItem')
        $result
    }
}
