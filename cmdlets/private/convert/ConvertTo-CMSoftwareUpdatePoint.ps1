function ConvertTo-CMSoftwareUpdatePoint {
    # Software update points of the contract as SMS_SCI_SysResUse; the order of Props is kept.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SCI_SysResUse', 'ConfigMgrSync.SoftwareUpdatePoint')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName           = 'ConfigMgrSync.SoftwareUpdatePoint'
            FileType             = [uint32] $item.FileType
            ItemName             = $item.ItemName
            ItemType             = $item.ItemType
            NALPath              = $item.NALPath
            NALType              = $item.NALType
            NetworkOSPath        = $item.NetworkOSPath
            PropLists            = [object[]] @(foreach ($value in $item.PropLists) { ConvertTo-CMEmbeddedPropertyList -InputObject $value })
            Props                = [object[]] @(foreach ($value in $item.Props) { ConvertTo-CMEmbeddedProperty -InputObject $value })
            RoleCount            = [uint32] $item.RoleCount
            RoleName             = $item.RoleName
            SiteCode             = $item.SiteCode
            SslState             = [uint32] $item.SslState
            Type                 = [uint32] $item.Type
            ServerName           = $item.ServerName
            IsDefault            = [bool] $item.IsDefault
            ClientConnectionType = $item.ClientConnectionType
            AnonymousWsusAccess  = [bool] $item.AnonymousWsusAccess
            PublicVirtualIP      = $item.PublicVirtualIP
            NlbVirtualIP         = $item.NlbVirtualIP
            Wledbat              = [bool] $item.Wledbat
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SCI_SysResUse')
        $result
    }
}
