function Set-CMSoftwareUpdatePointComponent {
    <#
    .SYNOPSIS
    Changes the software update point component of a site: source, schedule, criteria, languages, rules, proxy, after-sync command.

    .DESCRIPTION
    Add and Remove parameters change single entries of a list and leave the others; -SetProduct, -SetProductFamily, -SetCompany
    and -SetUpdateClassification replace the whole list. Names can be wildcards (-AddProduct '*' is every product) or
    ids such as 0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e or Product:0a4c6c73-8887-4d7f-9cbe-d08fa8fa9d1e. Before the first
    synchronization the site knows no names: they are kept as pending, with a warning. Afterwards an unknown name is an
    error that shows the closest names, and nothing is changed. A changed source, subscription or supersedence rule makes the
    next synchronization a full one.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER Name
    The site, by its name or the name of its server.

    .PARAMETER InputObject
    The component or site to change, from Get-CMSoftwareUpdatePointComponent.

    .PARAMETER AddCompany
    Names of companies. Subscribes every product of these companies.

    .PARAMETER AddLanguageSummaryDetail
    Languages, by display name such as German or culture code such as de, whose titles and descriptions are synchronized.

    .PARAMETER AddLanguageUpdateFile
    Languages whose update files are the default for downloads.

    .PARAMETER AddProduct
    Names of products to subscribe. * and ? stand for other characters.

    .PARAMETER AddProductFamily
    Names of product families. Subscribes every product of these families.

    .PARAMETER AddUpdateClassification
    Names of update classifications to subscribe.

    .PARAMETER ContentFileOption
    Full files only, or full and express files.

    .PARAMETER DefaultWsusServer
    The full name of the default software update point, the one that synchronizes first.

    .PARAMETER EnableSyncFailureAlert
    $true: a failed synchronization raises an alert (Get-CMAlert) that the next success cancels. $false removes the alert.

    .PARAMETER EnableThirdPartyUpdates
    Stored and shown in Props as in the product. Catalogues of other publishers are not synchronized here, and a warning says so.

    .PARAMETER EnableManualCertManagement
    Stored and shown in Props too. $true: the administrator manages the signing certificate. Needs third-party updates.

    .PARAMETER EnableCallWsusCleanupWizard
    $true: expired updates are declined after each successful synchronization.

    .PARAMETER ImmediatelyExpireSupersedence
    $true: superseded updates expire at once. $false: after -WaitMonth, or the months that are set (3 by default). Feature
    updates have a rule of their own; definition updates never expire by rule.

    .PARAMETER ImmediatelyExpireSupersedenceForFeature
    The same for feature updates, with -WaitMonthForFeature.

    .PARAMETER WaitMonth
    Months from the creation of the superseding update until the superseded one expires, 1 to 99.

    .PARAMETER WaitMonthForFeature
    The same for feature updates.

    .PARAMETER FeatureUpdateMaxRuntimeMins
    Default maximum run time in minutes, 5 to 9999, of feature updates (Upgrades, Update Rollups, Service Packs)
    synchronized from now on.

    .PARAMETER NonFeatureUpdateMaxRuntimeMins
    Default maximum run time in minutes of Windows updates other than feature updates, and of Office 365 updates.

    .PARAMETER NonWindowsUpdateMaxRuntimeMins
    Default maximum run time in minutes of all other updates.

    .PARAMETER RemoveCompany
    Names of companies to unsubscribe.

    .PARAMETER RemoveLanguageSummaryDetail
    Languages to drop from titles and descriptions.

    .PARAMETER RemoveLanguageUpdateFile
    Languages to drop from the update files.

    .PARAMETER RemoveProduct
    Names of products to unsubscribe.

    .PARAMETER RemoveProductFamily
    Names of product families to unsubscribe.

    .PARAMETER RemoveUpdateClassification
    Names of update classifications to unsubscribe.

    .PARAMETER ReportingEvent
    Which WSUS reporting events clients create. Stored for clients; Configuration Manager does not use them.

    .PARAMETER Schedule
    When the site synchronizes automatically: one or more tokens from New-CMSchedule, or a schedule string. $null: no schedule.
    An engine must run at that time. A missed synchronization is made up for once, when an engine runs again.

    .PARAMETER EnableSynchronization
    Deprecated. $false is the same as -Schedule $null. $true changes nothing: give -Schedule.

    .PARAMETER SynchronizeAction
    Where updates come from: Microsoft Update, the upstream server of -UpstreamSourceLocation, or nowhere.

    .PARAMETER UpstreamSourceLocation
    The address of the upstream server, such as https://wsus.contoso.com:8531.

    .PARAMETER PassThru
    Returns the changed component.

    .PARAMETER SetProduct
    Subscribes exactly these products and no others. An empty list subscribes none.

    .PARAMETER SetProductFamily
    Subscribes exactly these product families and no others. An empty list subscribes none.

    .PARAMETER SetCompany
    Subscribes exactly these companies and no others. An empty list subscribes none.

    .PARAMETER SetUpdateClassification
    Subscribes exactly these update classifications and no others. An empty list subscribes none.

    .PARAMETER AllowPending
    Keeps unknown names as pending until a synchronization brings them, instead of an error.

    .PARAMETER EnableDeleteObsoleteUpdates
    $true: updates that nothing refers to are removed after each successful synchronization (in the console: Remove obsolete
    updates).

    .PARAMETER ObsoleteAgeDays
    Days after which an update that nothing refers to is obsolete. Default: 30.

    .PARAMETER UpdatesCleanupAgeDays
    Days after which expired updates leave the site database. Default: 7.

    .PARAMETER FullSyncIntervalDays
    Days after which the next synchronization is full. Default: 7.

    .PARAMETER ScheduleSpreadMinutes
    Minutes over which the scheduled starts of several sites are spread, so that they do not all reach their upstream server at
    once. Each site always waits its own part after every occurrence; NextSyncReason shows it. Default: 0, no spread.

    .PARAMETER MassExpiryLimitPercent
    Percent of the live updates that one run may expire because the upstream no longer lists them. Above it the run is refused.
    Default: 20.

    .PARAMETER AfterSyncCommand
    The full path of a program or of a .ps1 script that runs after each finished synchronization and gets the run as JSON on
    its input. An empty string removes it. See docs/hooks.md.

    .PARAMETER AfterSyncArgument
    The arguments of -AfterSyncCommand.

    .PARAMETER SourceCABundle
    A file with the root certificates of the upstream server in PEM form. Its text is kept with the site. An empty string removes it.

    .PARAMETER UseLocalMachineRoot
    Windows: uses the root certificates that this machine trusts (LocalMachine\Root), in place of -SourceCABundle.

    .PARAMETER TrustedPackageSigner
    The fingerprints of the sites whose exports are imported, as SignerFingerprint of Export-CMSyncCatalog shows them. With
    any of them, unsigned packages and packages of other signers need -Force. An empty list removes them.

    .PARAMETER ProxyServer
    The proxy to the upstream, such as http://proxy.contoso.com:8080. An empty string removes it.

    .PARAMETER ProxyCredential
    User name and password for a proxy with Basic authentication.

    .PARAMETER NoProxy
    Hosts that are reached without the proxy.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> Set-CMSoftwareUpdatePointComponent -SynchronizeAction SynchronizeFromAnUpstreamDataSourceLocation -UpstreamSourceLocation 'http://wsus.contoso.com:8530'

    Synchronizes from a WSUS server.

    .EXAMPLE
    PS> Set-CMSoftwareUpdatePointComponent -AddProduct 'Windows 11*' -AddUpdateClassification 'Security Updates', 'Critical Updates'

    Subscribes every product whose name begins with Windows 11, and two classifications.

    .EXAMPLE
    PS> Get-CMSoftwareUpdatePointComponent | Set-CMSoftwareUpdatePointComponent -SetProduct 'Windows Server 2019' -PassThru

    Subscribes only this product, and shows the result.

    .EXAMPLE
    PS> $schedule = New-CMSchedule -Start '2026-12-01 02:00' -DayOfWeek Tuesday -WeekOrder Second -OffsetDay 1
    PS> Set-CMSoftwareUpdatePointComponent -Schedule $schedule -PassThru | Select-Object NextSyncTime, NextSyncReason

    Synchronizes at 02:00 on the day after Patch Tuesday, and shows when that is next.

    .EXAMPLE
    PS> Set-CMSoftwareUpdatePointComponent -ImmediatelyExpireSupersedence $false -WaitMonth 6 -ImmediatelyExpireSupersedenceForFeature $true

    Superseded feature updates expire at once, all others after six months.

    .INPUTS
    IResultObject#SMS_SCI_Component

    .OUTPUTS
    None, or IResultObject#SMS_SCI_Component with -PassThru.

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdatepointcomponent

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdatePointComponent

    .LINK
    Get-CMSoftwareUpdateCategory
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchBySiteCodeMandatory', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdatepointcomponent')]
    [OutputType('IResultObject#SMS_SCI_Component')]
    param(
        [Parameter(ParameterSetName = 'SearchBySiteCodeMandatory')]
        [string] $SiteCode,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true)]
        [Alias('SiteName')]
        [string] $Name,

        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Site', 'SiteComponent')]
        [psobject] $InputObject,

        [Alias('AddCompanies')] [string[]] $AddCompany,
        [Alias('AddLanguageSummaryDetails')] [string[]] $AddLanguageSummaryDetail,
        [string[]] $AddLanguageUpdateFile,
        [Alias('AddProducts')] [string[]] $AddProduct,
        [Alias('AddProductFamilies')] [string[]] $AddProductFamily,
        [string[]] $AddUpdateClassification,

        [ValidateSet('FullFilesOnly', 'ExpressForWindows10Only')]
        [string] $ContentFileOption,

        [string] $DefaultWsusServer,

        [bool] $EnableCallWsusCleanupWizard,
        [bool] $EnableSyncFailureAlert,
        [bool] $EnableThirdPartyUpdates,
        [bool] $EnableManualCertManagement,

        [Alias('ImmediatelyExpireSupersedenceForNonFeature')] [bool] $ImmediatelyExpireSupersedence,
        [bool] $ImmediatelyExpireSupersedenceForFeature,
        [Alias('WaitMonthForNonFeature')] [int] $WaitMonth,
        [int] $WaitMonthForFeature,

        [int] $FeatureUpdateMaxRuntimeMins,
        [int] $NonFeatureUpdateMaxRuntimeMins,
        [int] $NonWindowsUpdateMaxRuntimeMins,

        [Alias('RemoveCompanies')] [string[]] $RemoveCompany,
        [Alias('RemoveLanguageSummaryDetails')] [string[]] $RemoveLanguageSummaryDetail,
        [string[]] $RemoveLanguageUpdateFile,
        [Alias('RemoveProducts')] [string[]] $RemoveProduct,
        [Alias('RemoveProductFamilies')] [string[]] $RemoveProductFamily,
        [string[]] $RemoveUpdateClassification,

        [ValidateSet('DoNotCreateWsusReportingEvents', 'CreateOnlyWsusStatusReportingEvents', 'CreateAllWsusReportingEvents')]
        [string] $ReportingEvent,

        [AllowNull()] [psobject] $Schedule,
        [bool] $EnableSynchronization,

        [ValidateSet('SynchronizeFromMicrosoftUpdate', 'SynchronizeFromAnUpstreamDataSourceLocation',
            'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource')]
        [string] $SynchronizeAction,
        [string] $UpstreamSourceLocation,

        [switch] $PassThru,

        [AllowEmptyCollection()] [string[]] $SetProduct,
        [AllowEmptyCollection()] [string[]] $SetProductFamily,
        [AllowEmptyCollection()] [string[]] $SetCompany,
        [AllowEmptyCollection()] [string[]] $SetUpdateClassification,

        [switch] $AllowPending,

        [bool] $EnableDeleteObsoleteUpdates,
        [int] $ObsoleteAgeDays,
        [int] $UpdatesCleanupAgeDays,
        [int] $FullSyncIntervalDays,
        [int] $ScheduleSpreadMinutes,
        [int] $MassExpiryLimitPercent,

        [AllowEmptyString()] [string] $AfterSyncCommand,
        [AllowEmptyCollection()]
        [AllowEmptyString()]
        [string[]] $AfterSyncArgument,

        [AllowEmptyString()] [string] $SourceCABundle,
        [switch] $UseLocalMachineRoot,
        [AllowEmptyCollection()] [string[]] $TrustedPackageSigner,

        [AllowEmptyString()] [uri] $ProxyServer,
        [pscredential] $ProxyCredential,
        [AllowEmptyCollection()] [string[]] $NoProxy,

        [switch] $DisableWildcardHandling,
        [switch] $ForceWildcardHandling
    )

    process {
        $params = ConvertTo-CMSyncComponentParameter -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $params) { return }
        $code = Resolve-CMSyncSiteCode -SiteCode $SiteCode -Name $Name -InputObject $InputObject -Caller $PSCmdlet
        if ($null -eq $code) { return }
        $label = Get-CMSyncSiteLabel -SiteCode $code
        $what = Get-CMSyncChangeText -BoundParameters $PSBoundParameters
        if (-not $PSCmdlet.ShouldProcess("site $label", "Change the software update point component: $what")) { return }

        $params['requestId'] = [guid]::NewGuid().ToString()
        $answer = Invoke-CMSyncMethod -Method 'component/set' -Params $params -SiteCode $code -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'SiteComponent' -InputObject $answer.component }
    }
}
