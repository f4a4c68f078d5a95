function ConvertTo-CMSyncHealth {
    # Whether everything is well. Ours: no class of the product is behind it.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_Health', 'ConfigMgrSync.Health')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName           = 'ConfigMgrSync.Health'
            SiteCode             = $item.SiteCode
            Status               = $item.Status
            ExitCode             = [uint32] $item.ExitCode
            Summary              = $item.Summary
            Time                 = ConvertFrom-CMSyncTime -InputObject $item.Time
            SoftwareUpdatePoints = [object[]] @(foreach ($value in $item.SoftwareUpdatePoints) { ConvertTo-CMSyncHealthRow -InputObject $value })
            Actions              = [string[]] @(foreach ($value in $item.Actions) { $value })
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_Health')
        $result
    }
}
