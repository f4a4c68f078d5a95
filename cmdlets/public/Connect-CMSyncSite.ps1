function Connect-CMSyncSite {
    <#
    .SYNOPSIS
    Chooses the site that the commands of this session work on.

    .DESCRIPTION
    Connects to a site by its code or folder. You need it only if a machine has several sites. Otherwise the only site, or
    the one that the variable CONFIGMGRSYNC_SITE names, is used. The engine of the site starts if it is not running.

    The session gets a drive named by the site code, as in the product: after Set-Location ABC: the commands work on that site,
    whichever site was connected last. The drive belongs to the provider CMSite and has no items. Where that provider cannot be loaded, it is a
    drive for the folder of temporary files.

    .PARAMETER SiteCode
    The three-character code of the site.

    .PARAMETER SitePath
    The folder of the site.

    .EXAMPLE
    PS> Connect-CMSyncSite -SiteCode ABC

    From now on the commands of this session work on site ABC.

    .EXAMPLE
    PS> Connect-CMSyncSite -SitePath ./lab

    Connects to a site that was created with -Path.

    .EXAMPLE
    PS> [void] (Connect-CMSyncSite -SiteCode ABC); Set-Location ABC:

    Works on site ABC as scripts of the product do.

    .OUTPUTS
    ConfigMgrSync.Site

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMSyncSite
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByCode', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites')]
    [OutputType('ConfigMgrSync.Site')]
    param(
        [Parameter(ParameterSetName = 'ByCode', Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode,

        [Parameter(ParameterSetName = 'ByPath', Mandatory = $true)]
        [string] $SitePath
    )

    process {
        $params = if ($SitePath) { @{ sitePath = Resolve-CMSyncPath -Path $SitePath -Caller $PSCmdlet } } else { @{ siteCode = $SiteCode } }
        $answer = Invoke-CMSyncMethod -Method 'site/connect' -Params $params -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $script:CMSyncSite = @{ Params = $params; Label = [string] $answer.SiteCode }
        if ($null -ne $script:CMSyncConnection) { $script:CMSyncConnection.SiteKey = ConvertTo-Json -InputObject $params -Compress }
        if ($null -ne $script:CMSyncConnection) { $script:CMSyncConnection.SiteCode = [string] $answer.SiteCode }
        if ($null -ne $script:CMSyncConnection) { $script:CMSyncConnection.InstallDir = [string] $answer.InstallDir }
        Register-CMSyncDrive -SiteCode $answer.SiteCode -ServerName $answer.ServerName
        $script:CMSyncDrive[[string] $answer.SiteCode] = $params
        $kept = @{ Site = $script:CMSyncSite; Drive = $script:CMSyncDrive }
        $ExecutionContext.SessionState.PSVariable.Set('global:ConfigMgrSyncSession', $kept)
        ConvertTo-CMSyncObject -Kind 'Site' -InputObject $answer
    }
}
