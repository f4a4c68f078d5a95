function ConvertTo-CMSyncSiteRestore {
    # What a restore did. Ours: no class of the product is behind it.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.SiteRestore')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        [pscustomobject]@{
            PSTypeName   = 'ConfigMgrSync.SiteRestore'
            Path         = $item.Path
            SiteCode     = $item.SiteCode
            SiteName     = $item.SiteName
            InstallDir   = $item.InstallDir
            CreationTime = ConvertFrom-CMSyncTime -InputObject $item.CreationTime
            Files        = [uint32] $item.Files
            Size         = [long] $item.Size
            Documents    = [uint32] $item.Documents
            Updates      = [uint32] $item.Updates
            Replaced     = [bool] $item.Replaced
            HasSecrets   = [bool] $item.HasSecrets
            WhatIf       = [bool] $item.WhatIf
            Warnings     = [string[]] @(foreach ($value in $item.Warnings) { $value })
        }
    }
}
