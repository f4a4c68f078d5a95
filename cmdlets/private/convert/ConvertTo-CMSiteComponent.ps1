function ConvertTo-CMSiteComponent {
    # Components of the contract as SMS_SCI_Component; the order of Props is kept.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SCI_Component', 'ConfigMgrSync.SiteComponent')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $props = [object[]] @(foreach ($value in $item.Props) { ConvertTo-CMEmbeddedProperty -InputObject $value })
        $propLists = [object[]] @(foreach ($value in $item.PropLists) { ConvertTo-CMEmbeddedPropertyList -InputObject $value })
        $result = [pscustomobject]@{
            PSTypeName                              = 'ConfigMgrSync.SiteComponent'
            ComponentName                           = $item.ComponentName
            FileType                                = [uint32] $item.FileType
            Flag                                    = [uint32] $item.Flag
            ItemName                                = $item.ItemName
            ItemType                                = $item.ItemType
            Name                                    = $item.Name
            SiteCode                                = $item.SiteCode
            Props                                   = $props
            PropLists                               = $propLists
            SynchronizeAction                       = $item.SynchronizeAction
            UpstreamSourceLocation                  = $item.UpstreamSourceLocation
            Products                                = [string[]] @(foreach ($value in $item.Products) { $value })
            ProductFamilies                         = [string[]] @(foreach ($value in $item.ProductFamilies) { $value })
            Companies                               = [string[]] @(foreach ($value in $item.Companies) { $value })
            UpdateClassifications                   = [string[]] @(foreach ($value in $item.UpdateClassifications) { $value })
            PendingCategories                       = [string[]] @(foreach ($value in $item.PendingCategories) { $value })
            MissingCategories                       = [string[]] @(foreach ($value in $item.MissingCategories) { $value })
            LanguageSummaryDetails                  = [string[]] @(foreach ($value in $item.LanguageSummaryDetails) { $value })
            LanguageUpdateFiles                     = [string[]] @(foreach ($value in $item.LanguageUpdateFiles) { $value })
            ImmediatelyExpireSupersedence           = [bool] $item.ImmediatelyExpireSupersedence
            WaitMonth                               = [int] $item.WaitMonth
            ImmediatelyExpireSupersedenceForFeature = [bool] $item.ImmediatelyExpireSupersedenceForFeature
            WaitMonthForFeature                     = [int] $item.WaitMonthForFeature
            EnableCallWsusCleanupWizard             = [bool] $item.EnableCallWsusCleanupWizard
            EnableDeleteObsoleteUpdates             = [bool] $item.EnableDeleteObsoleteUpdates
            EnableSyncFailureAlert                  = [bool] $item.EnableSyncFailureAlert
            EnableThirdPartyUpdates                 = [bool] $item.EnableThirdPartyUpdates
            EnableManualCertManagement              = [bool] $item.EnableManualCertManagement
            ObsoleteAgeDays                         = [int] $item.ObsoleteAgeDays
            UpdatesCleanupAgeDays                   = [int] $item.UpdatesCleanupAgeDays
            FullSyncIntervalDays                    = [int] $item.FullSyncIntervalDays
            ScheduleSpreadMinutes                   = [int] $item.ScheduleSpreadMinutes
            MassExpiryLimitPercent                  = [int] $item.MassExpiryLimitPercent
            FeatureUpdateMaxRuntimeMins             = [int] $item.FeatureUpdateMaxRuntimeMins
            NonFeatureUpdateMaxRuntimeMins          = [int] $item.NonFeatureUpdateMaxRuntimeMins
            NonWindowsUpdateMaxRuntimeMins          = [int] $item.NonWindowsUpdateMaxRuntimeMins
            AfterSyncCommand                        = $item.AfterSyncCommand
            AfterSyncArguments                      = [string[]] @(foreach ($value in $item.AfterSyncArguments) { $value })
            ProxyServer                             = $item.ProxyServer
            NoProxy                                 = [string[]] @(foreach ($value in $item.NoProxy) { $value })
            TrustedPackageSigners                   = [string[]] @(foreach ($value in $item.TrustedPackageSigners) { $value })
            SourceCABundle                          = [string[]] @(foreach ($value in $item.SourceCABundle) { $value })
            NextSyncTime                            = ConvertFrom-CMSyncTime -InputObject $item.NextSyncTime
            NextSyncReason                          = $item.NextSyncReason
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SCI_Component')
        $result
    }
}
