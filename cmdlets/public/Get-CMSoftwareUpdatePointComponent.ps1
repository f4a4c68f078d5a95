function Get-CMSoftwareUpdatePointComponent {
    <#
    .SYNOPSIS
    Gets the software update point component of a site.

    .DESCRIPTION
    Returns the settings of synchronization as SMS_SCI_Component: Props as in the product, and readable
    properties that are not in the ConfigMgr module, such as SynchronizeAction, Products, UpdateClassifications, PendingCategories and
    MissingCategories (subscribed, but no longer offered by the upstream). NextSyncTime and
    NextSyncReason show when the next synchronization starts automatically, and why.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER SiteSystemServerName
    The name of the site system server. Nothing is returned when the software update point is on another one.

    .PARAMETER WsusSyncManager
    Returns the component SMS_WSUS_SYNC_MANAGER in place of SMS_WSUS_CONFIGURATION_MANAGER.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> Get-CMSoftwareUpdatePointComponent | Select-Object SynchronizeAction, UpstreamSourceLocation, Products

    Where updates come from and which products are subscribed.

    .EXAMPLE
    PS> (Get-CMSoftwareUpdatePointComponent -WsusSyncManager).Props | Where-Object PropertyName -eq 'Full Sync Interval (days)'

    One setting by its name in the site control file.

    .OUTPUTS
    IResultObject#SMS_SCI_Component

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatepointcomponent

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatepointcomponent')]
    [OutputType('IResultObject#SMS_SCI_Component')]
    param(
        [string] $SiteCode,

        [Alias('Name')]
        [string] $SiteSystemServerName,

        [switch] $WsusSyncManager,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        if ($SiteSystemServerName) {
            $site = Invoke-CMSyncMethod -Method 'site/get' -SiteCode $SiteCode -Caller $PSCmdlet
            if ($null -eq $site) { return }
            if ($SiteSystemServerName -notin $site.ServerName, $site.SiteName) { return }
        }
        $params = @{ component = 'SMS_WSUS_CONFIGURATION_MANAGER' }
        if ($WsusSyncManager) { $params['component'] = 'SMS_WSUS_SYNC_MANAGER' }
        $answer = Invoke-CMSyncMethod -Method 'component/get' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'SiteComponent' -InputObject $answer
    }
}
