function Get-CMSiteComponent {
    <#
    .SYNOPSIS
    Gets the components of a site that synchronize software updates.

    .DESCRIPTION
    Returns SMS_SCI_Component for SMS_WSUS_CONFIGURATION_MANAGER and SMS_WSUS_SYNC_MANAGER, the components that exist here. They
    can be piped to Set-CMSoftwareUpdatePointComponent.

    .PARAMETER ComponentName
    The name of the component, with * and ?, in any letter case.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER SiteSystemServerName
    The name of the site system server. Nothing is returned when the components are on another one.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> (Get-CMSiteComponent -ComponentName SMS_WSUS_SYNC_MANAGER).Props | Select-Object PropertyName, Value, Value1

    The settings of synchronization by their names in the site control file.

    .EXAMPLE
    PS> Get-CMSiteComponent -SiteCode ABC | Select-Object ComponentName, SiteCode

    Both components of a site.

    .OUTPUTS
    IResultObject#SMS_SCI_Component

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitecomponent

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitecomponent')]
    [OutputType('IResultObject#SMS_SCI_Component')]
    param(
        [SupportsWildcards()]
        [string] $ComponentName,

        [string] $SiteCode,

        [string] $SiteSystemServerName,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($SiteSystemServerName) {
            $site = Invoke-CMSyncMethod -Method 'site/get' -SiteCode $SiteCode -Caller $PSCmdlet
            if ($null -eq $site) { return }
            if ($site.ServerName -ne $SiteSystemServerName) { return }
        }
        foreach ($name in 'SMS_WSUS_CONFIGURATION_MANAGER', 'SMS_WSUS_SYNC_MANAGER') {
            if ($ComponentName -and -not (Test-CMSyncName -Name $name -Pattern $ComponentName -Wildcard $wildcard)) { continue }
            $answer = Invoke-CMSyncMethod -Method 'component/get' -Params @{ component = $name } -SiteCode $SiteCode -Caller $PSCmdlet
            if ($null -eq $answer) { return }
            ConvertTo-CMSyncObject -Kind 'SiteComponent' -InputObject $answer
        }
    }
}
