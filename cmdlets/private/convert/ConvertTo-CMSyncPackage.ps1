function ConvertTo-CMSyncPackage {
    # An exported catalogue. Ours: no class of the product is behind it.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_Package', 'ConfigMgrSync.Package')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName        = 'ConfigMgrSync.Package'
            Path              = $item.Path
            Format            = $item.Format
            Size              = [long] $item.Size
            ServerID          = $item.ServerID
            ServerName        = $item.ServerName
            SiteCode          = $item.SiteCode
            CreationTime      = ConvertFrom-CMSyncTime -InputObject $item.CreationTime
            ProtocolVersion   = $item.ProtocolVersion
            Documents         = [uint32] $item.Documents
            Configuration     = [uint32] $item.Configuration
            Updates           = [uint32] $item.Updates
            Files             = [uint32] $item.Files
            Languages         = [string[]] @(foreach ($value in $item.Languages) { $value })
            IsIncrement       = [bool] $item.IsIncrement
            Follows           = [long] $item.Follows
            Reaches           = [long] $item.Reaches
            LastRun           = [int] $item.LastRun
            Signature         = $item.Signature
            SignerFingerprint = $item.SignerFingerprint
            Sha256            = $item.Sha256
            ContentList       = $item.ContentList
            Differences       = [string[]] @(foreach ($value in $item.Differences) { $value })
            Problems          = [object[]] @(foreach ($value in $item.Problems) { ConvertTo-CMSyncFailedUpdate -InputObject $value })
            Warnings          = [string[]] @(foreach ($value in $item.Warnings) { $value })
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_Package')
        $result
    }
}
