function Get-CMSyncComponentProperty {
    # What each entry in Props of a component stands for: a script block that makes parameters of component/set of the entry as it is
    # now and as it was. An empty one stands for what the product has and has no effect here.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $actions = 'SynchronizeFromMicrosoftUpdate', 'SynchronizeFromAnUpstreamDataSourceLocation',
        'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource'
    $events = 'DoNotCreateWsusReportingEvents', 'CreateOnlyWsusStatusReportingEvents', 'CreateAllWsusReportingEvents'
    $files = 'FullFilesOnly', 'ExpressForWindows10Only'
    # Languages have no parameter that sets all: what came is added, what went is removed.
    $languages = {
        param($set, $now, $before)
        $codes = foreach ($prop in $now, $before) { , @([string] $prop.Value2 -split '\s*,\s*' | Where-Object { $_ }) }
        $result = @{}
        $added = @($codes[0] | Where-Object { $_ -notin $codes[1] })
        $removed = @($codes[1] | Where-Object { $_ -notin $codes[0] })
        if ($added.Count -gt 0) { $result["add$set"] = [string[]] $added }
        if ($removed.Count -gt 0) { $result["remove$set"] = [string[]] $removed }
        $result
    }
    @{
        'DefaultWSUS'                           = { param($now) @{ defaultWsusServer = [string] $now.Value2 } }
        'ParentWSUS'                            = { param($now) @{ upstreamSourceLocation = [string] $now.Value2 } }
        'DefaultUseParentWSUS'                  = { param($now) @{ synchronizeAction = $actions[[int] $now.Value] } }.GetNewClosure()
        'ClientReportingLevel'                  = { param($now) @{ reportingEvent = $events[[int] $now.Value] } }.GetNewClosure()
        'Sync ExpressFiles'                     = { param($now) @{ contentFileOption = $files[[int] $now.Value] } }.GetNewClosure()
        'SupportedTitleLanguages'               = { & $languages 'LanguageSummaryDetail' $args[0] $args[1] }.GetNewClosure()
        'SupportedUpdateLanguages'              = { & $languages 'LanguageUpdateFile' $args[0] $args[1] }.GetNewClosure()
        # 1: with a certificate of the administrator, any other number: with a managed one.
        'EnableThirdPartyUpdates'               = {
            param($now)
            if ($now.Value -eq 0) { return @{ enableThirdPartyUpdates = $false } }
            @{ enableThirdPartyUpdates = $true; enableManualCertManagement = $now.Value -eq 1 }
        }
        'Call WSUS Cleanup'                     = { param($now) @{ enableCallWsusCleanupWizard = [bool] $now.Value } }
        'Call WSUS Delete Obselete Updates'     = { param($now) @{ enableDeleteObsoleteUpdates = [bool] $now.Value } }
        'Sync Supersedence Mode For NonFeature' = { param($now) @{ immediatelyExpireSupersedence = $now.Value -eq 0 } }
        'Sync Supersedence Mode For Feature'    = { param($now) @{ immediatelyExpireSupersedenceForFeature = $now.Value -eq 0 } }
        'Sync Supersedence Age For NonFeature'  = { param($now) @{ waitMonth = [int] $now.Value } }
        'Sync Supersedence Age For Feature'     = { param($now) @{ waitMonthForFeature = [int] $now.Value } }
        'Sync Schedule'                         = { param($now) @{ schedule = [string] $now.Value1 } }
        'Full Sync Interval (days)'             = { param($now) @{ fullSyncIntervalDays = [int] $now.Value } }
        'Updates Cleanup Age'                   = { param($now) @{ updatesCleanupAgeDays = [int] $now.Value } }
        'MaxInstallTime-ServicePack'            = { param($now) @{ featureUpdateMaxRuntimeMins = [int] ($now.Value / 60) } }
        'MaxInstallTime-Windows'                = { param($now) @{ nonFeatureUpdateMaxRuntimeMins = [int] ($now.Value / 60) } }
        'MaxInstallTime-NonWindows'             = { param($now) @{ nonWindowsUpdateMaxRuntimeMins = [int] ($now.Value / 60) } }
        'Sync Catalog Drivers'                  = {}
        'WSUS Scan Retry Error Codes'           = {}
    }
}
