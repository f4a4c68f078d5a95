function Get-CMSoftwareUpdatePoint {
    <#
    .SYNOPSIS
    Gets the software update points of a site.

    .DESCRIPTION
    Returns one SMS_SCI_SysResUse for each server with the role, the default first. Props has the product's names; IsDefault,
    ServerName, ClientConnectionType and others are not in the ConfigMgr module.

    .PARAMETER SiteSystemServerName
    The FQDN of the server, with * and ?.

    .PARAMETER InputObject
    The site system, or one of its roles.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER AllSite
    Also returns those of the sites below this one, as far as they have reported.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> Get-CMSoftwareUpdatePoint | Select-Object ServerName, IsDefault

    The software update points of the site.

    .EXAMPLE
    PS> (Get-CMSoftwareUpdatePoint 'sup2*').Props | Where-Object PropertyName -eq 'WSUSIISPort'

    One of its properties.

    .INPUTS
    IResultObject#SMS_SCI_SysResUse

    .OUTPUTS
    IResultObject#SMS_SCI_SysResUse

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatepoint

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdateSyncStatus
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatepoint')]
    [OutputType('IResultObject#SMS_SCI_SysResUse')]
    param(
        [Parameter(ParameterSetName = 'SearchByName', Position = 0)]
        [Alias('Name', 'ServerName')]
        [SupportsWildcards()]
        [string] $SiteSystemServerName,

        [Parameter(ParameterSetName = 'SearchByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByName')]
        [string] $SiteCode,

        [Alias('AllSites')]
        [switch] $AllSite,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $server = Resolve-CMSyncSiteSystem -Name $SiteSystemServerName -SiteCode $SiteCode -InputObject $InputObject -Caller $PSCmdlet
        if ($null -eq $server) { return }
        $params = @{}
        if ($server.Name) { $params['serverName'] = $server.Name }
        if (-not $wildcard -or $null -ne $InputObject) { $params['wildcard'] = $false }
        if ($AllSite) { $params['allSite'] = $true }
        $answer = Invoke-CMSyncMethod -Method 'sup/list' -Params $params -SiteCode $server.SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'SoftwareUpdatePoint' -InputObject $answer.softwareUpdatePoints
    }
}
