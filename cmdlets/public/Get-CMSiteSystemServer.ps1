function Get-CMSiteSystemServer {
    <#
    .SYNOPSIS
    Gets the servers of a site.

    .DESCRIPTION
    Returns one SMS_SCI_SysResUse with the role SMS Site System for each server: the site server, and the servers of further
    software update points that have joined. They can be piped to Add-CMSoftwareUpdatePoint.

    .PARAMETER SiteSystemServerName
    The FQDN of the server, with * and ?.

    .PARAMETER InputObject
    A site, a server or one of the roles of a server.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER AllSite
    Also returns the servers of the sites below that this site knows.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> Get-CMSiteSystemServer -AllSite | Select-Object SiteCode, ServerName

    The servers of the hierarchy.

    .EXAMPLE
    PS> Get-CMSiteSystemServer -SiteSystemServerName 'sup2*' | Add-CMSoftwareUpdatePoint

    Gives a server the role of a software update point.

    .INPUTS
    IResultObject#SMS_SCI_SysResUse

    .OUTPUTS
    IResultObject#SMS_SCI_SysResUse

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitesystemserver

    .LINK
    about_ConfigMgrSync

    .LINK
    Add-CMSoftwareUpdatePoint
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitesystemserver')]
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
        $meant = Resolve-CMSyncSiteSystem -Name $SiteSystemServerName -SiteCode $SiteCode -InputObject $InputObject -Caller $PSCmdlet
        if ($null -eq $meant) { return }
        if ($null -ne $InputObject) { $wildcard = $false }
        $answer = Invoke-CMSyncMethod -Method 'site/tree' -SiteCode $meant.SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $own = $answer.sites[0].SiteCode
        foreach ($server in $answer.servers) {
            if (-not $AllSite -and $server.SiteCode -ne $own) { continue }
            if ($meant.Name -and -not (Test-CMSyncName -Name $server.ServerName -Pattern $meant.Name -Wildcard $wildcard)) { continue }
            ConvertTo-CMSyncObject -Kind 'SiteSystemServer' -InputObject $server
        }
    }
}
