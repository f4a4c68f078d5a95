function ConvertTo-CMSyncSiteBackup {
    # A backup that was made. Ours: no class of the product is behind it.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.SiteBackup')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        [pscustomobject]@{
            PSTypeName   = 'ConfigMgrSync.SiteBackup'
            Path         = $item.Path
            SiteCode     = $item.SiteCode
            SiteName     = $item.SiteName
            ServerName   = $item.ServerName
            Version      = $item.Version
            Format       = [int] $item.Format
            CreationTime = ConvertFrom-CMSyncTime -InputObject $item.CreationTime
            Files        = [uint32] $item.Files
            Size         = [long] $item.Size
            Documents    = [uint32] $item.Documents
            Updates      = [uint32] $item.Updates
            HasSecrets   = [bool] $item.HasSecrets
            Warnings     = [string[]] @(foreach ($value in $item.Warnings) { $value })
        }
    }
}
