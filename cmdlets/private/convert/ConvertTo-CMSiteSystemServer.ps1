function ConvertTo-CMSiteSystemServer {
    # Site systems of the contract as SMS_SCI_SysResUse.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SCI_SysResUse', 'ConfigMgrSync.SiteSystemServer')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName    = 'ConfigMgrSync.SiteSystemServer'
            FileType      = [uint32] $item.FileType
            ItemName      = $item.ItemName
            ItemType      = $item.ItemType
            NALPath       = $item.NALPath
            NALType       = $item.NALType
            NetworkOSPath = $item.NetworkOSPath
            PropLists     = [object[]] @()
            Props         = [object[]] @()
            RoleCount     = [uint32] $item.RoleCount
            RoleName      = $item.RoleName
            SiteCode      = $item.SiteCode
            SslState      = [uint32] $item.SslState
            Type          = [uint32] $item.Type
            ServerName    = $item.ServerName
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SCI_SysResUse')
        $result
    }
}
