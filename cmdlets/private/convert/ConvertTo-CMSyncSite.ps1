function ConvertTo-CMSyncSite {
    # Sites of the contract as SMS_Site.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_Site', 'ConfigMgrSync.Site')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName        = 'ConfigMgrSync.Site'
            SiteCode          = $item.SiteCode
            SiteName          = $item.SiteName
            Type              = [uint32] $item.Type
            TypeName          = $item.TypeName
            ServerName        = $item.ServerName
            ReportingSiteCode = $item.ReportingSiteCode
            InstallDir        = $item.InstallDir
            Version           = $item.Version
            BuildNumber       = [uint32] $item.BuildNumber
            Status            = [uint32] $item.Status
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_Site')
        $result
    }
}
