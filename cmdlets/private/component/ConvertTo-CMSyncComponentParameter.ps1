function ConvertTo-CMSyncComponentParameter {
    # What Set-CMSoftwareUpdatePointComponent was given, as parameters of component/set. Nothing comes back where a schedule or a
    # file of certificates is of no use, which was told.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    $wildcard = Resolve-CMSyncWildcard -BoundParameters $BoundParameters -Caller $Caller
    $params = ConvertTo-CMSyncParameter -BoundParameters $BoundParameters -Name @(
        'AddCompany', 'AddLanguageSummaryDetail', 'AddLanguageUpdateFile', 'AddProduct', 'AddProductFamily',
        'AddUpdateClassification', 'RemoveCompany', 'RemoveLanguageSummaryDetail', 'RemoveLanguageUpdateFile',
        'RemoveProduct', 'RemoveProductFamily', 'RemoveUpdateClassification', 'SetProduct', 'SetProductFamily',
        'SetCompany', 'SetUpdateClassification', 'AllowPending', 'ContentFileOption', 'DefaultWsusServer',
        'ReportingEvent', 'SynchronizeAction', 'UpstreamSourceLocation', 'ProxyServer', 'NoProxy',
        'FeatureUpdateMaxRuntimeMins', 'NonFeatureUpdateMaxRuntimeMins', 'NonWindowsUpdateMaxRuntimeMins',
        'ImmediatelyExpireSupersedence', 'WaitMonth', 'ImmediatelyExpireSupersedenceForFeature', 'WaitMonthForFeature',
        'EnableCallWsusCleanupWizard', 'EnableDeleteObsoleteUpdates', 'ObsoleteAgeDays', 'UpdatesCleanupAgeDays',
        'FullSyncIntervalDays', 'MassExpiryLimitPercent', 'AfterSyncCommand', 'AfterSyncArgument', 'EnableSyncFailureAlert',
        'EnableThirdPartyUpdates', 'EnableManualCertManagement', 'TrustedPackageSigner', 'ScheduleSpreadMinutes'
    )
    if (-not $wildcard) { $params['wildcard'] = $false }
    $schedule = Resolve-CMSyncSchedule -BoundParameters $BoundParameters -Caller $Caller
    if ($null -eq $schedule) { return }
    $roots = Resolve-CMSyncSourceRoot -BoundParameters $BoundParameters -Caller $Caller
    if ($null -eq $roots) { return }
    $params += $schedule + $roots
    $proxy = $BoundParameters['ProxyCredential']
    if ($proxy) {
        $params['proxyUserName'] = $proxy.UserName
        $params['proxyPassword'] = $proxy.GetNetworkCredential().Password
    }
    $params
}
