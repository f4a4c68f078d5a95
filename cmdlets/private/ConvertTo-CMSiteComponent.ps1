function ConvertTo-CMSiteComponent {
    # Components of the contract as SMS_SCI_Component; the order of Props is kept.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SCI_Component', 'ConfigMgrSync.SiteComponent')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName             = 'ConfigMgrSync.SiteComponent'
            ComponentName          = $item.ComponentName
            FileType               = [uint32] $item.FileType
            Flag                   = [uint32] $item.Flag
            ItemName               = $item.ItemName
            ItemType               = $item.ItemType
            Name                   = $item.Name
            SiteCode               = $item.SiteCode
            Props                  = [object[]] @(foreach ($value in $item.Props) { ConvertTo-CMEmbeddedProperty -InputObject $value })
            PropLists              = [object[]] @(foreach ($value in $item.PropLists) { ConvertTo-CMEmbeddedPropertyList -InputObject $value })
            SynchronizeAction      = $item.SynchronizeAction
            UpstreamSourceLocation = $item.UpstreamSourceLocation
            Products               = [string[]] @(foreach ($value in $item.Products) { $value })
            ProductFamilies        = [string[]] @(foreach ($value in $item.ProductFamilies) { $value })
            Companies              = [string[]] @(foreach ($value in $item.Companies) { $value })
            UpdateClassifications  = [string[]] @(foreach ($value in $item.UpdateClassifications) { $value })
            PendingCategories      = [string[]] @(foreach ($value in $item.PendingCategories) { $value })
            MissingCategories      = [string[]] @(foreach ($value in $item.MissingCategories) { $value })
            LanguageSummaryDetails = [string[]] @(foreach ($value in $item.LanguageSummaryDetails) { $value })
            LanguageUpdateFiles    = [string[]] @(foreach ($value in $item.LanguageUpdateFiles) { $value })
            ProxyServer            = $item.ProxyServer
            NoProxy                = [string[]] @(foreach ($value in $item.NoProxy) { $value })
            SourceCABundle         = [string[]] @(foreach ($value in $item.SourceCABundle) { $value })
            NextSyncTime           = ConvertFrom-CMSyncTime -InputObject $item.NextSyncTime
            NextSyncReason         = $item.NextSyncReason
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SCI_Component')
        $result
    }
}
