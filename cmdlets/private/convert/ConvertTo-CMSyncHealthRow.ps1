function ConvertTo-CMSyncHealthRow {
    # How one software update point is. Ours: no class of the product is behind it.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_HealthRow', 'ConfigMgrSync.HealthRow')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName                   = 'ConfigMgrSync.HealthRow'
            SiteCode                     = $item.SiteCode
            WSUSServerName               = $item.WSUSServerName
            InStep                       = [bool] $item.InStep
            VersionsBehind               = [uint32] $item.VersionsBehind
            Since                        = ConvertFrom-CMSyncTime -InputObject $item.Since
            Link                         = $item.Link
            LastSyncState                = [uint32] $item.LastSyncState
            LastSuccessfulSyncTime       = ConvertFrom-CMSyncTime -InputObject $item.LastSuccessfulSyncTime
            LastSuccessfulSyncAgeSeconds = $item.LastSuccessfulSyncAgeSeconds
            LastError                    = $item.LastError
            NextSyncTime                 = ConvertFrom-CMSyncTime -InputObject $item.NextSyncTime
            IsKept                       = $item.IsKept
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_HealthRow')
        $result
    }
}
