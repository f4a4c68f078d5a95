function Connect-CMSyncSite {
    <#
    .SYNOPSIS
    Chooses the site that the commands of this session work on.

    .DESCRIPTION
    Connects to a site by its code or folder. It is needed only where a machine has several sites: otherwise the only site, or
    the one that the variable CONFIGMGRSYNC_SITE names, is used. The engine of the site starts when it is not running.

    .PARAMETER SiteCode
    The three-character code of the site.

    .PARAMETER SitePath
    The folder of the site.

    .EXAMPLE
    PS> Connect-CMSyncSite -SiteCode ABC

    The commands of this session work on site ABC from now on.

    .EXAMPLE
    PS> Connect-CMSyncSite -SitePath ./lab

    Connects to a site that was created with -Path.

    .OUTPUTS
    ConfigMgrSync.Site

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMSyncSite
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByCode', PositionalBinding = $false)]
    [OutputType('ConfigMgrSync.Site')]
    param(
        [Parameter(ParameterSetName = 'ByCode', Mandatory = $true, Position = 0)]
        [string] $SiteCode,

        [Parameter(ParameterSetName = 'ByPath', Mandatory = $true)]
        [string] $SitePath
    )

    process {
        $params = if ($SitePath) { @{ sitePath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SitePath) } } else { @{ siteCode = $SiteCode } }
        $answer = Invoke-CMSyncMethod -Method 'site/connect' -Params $params -Caller $PSCmdlet
        $script:CMSyncSite = @{ Params = $params; Label = [string] $answer.SiteCode }
        if ($null -ne $script:CMSyncConnection) { $script:CMSyncConnection.SiteKey = ConvertTo-Json -InputObject $params -Compress }
        if ($null -ne $script:CMSyncConnection) { $script:CMSyncConnection.SiteCode = [string] $answer.SiteCode }
        if ($null -ne $script:CMSyncConnection) { $script:CMSyncConnection.InstallDir = [string] $answer.InstallDir }
        ConvertTo-CMSyncSite -InputObject $answer
    }
}
