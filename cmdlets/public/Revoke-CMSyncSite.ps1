function Revoke-CMSyncSite {
    <#
    .SYNOPSIS
    Revokes a child site or a further software update point permanently.

    .DESCRIPTION
    Ends its connection and refuses every later one. Its site code is free again. To use it again, create it again with a new
    token. Run it at the parent. Asks first, unless -Force is given.

    .PARAMETER ChildSiteCode
    The code of the site to revoke, or the code of this site with -SiteSystemServerName.

    .PARAMETER SiteSystemServerName
    The server of a further software update point.

    .PARAMETER Force
    Does not ask.

    .PARAMETER SiteCode
    The parent, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Revoke-CMSyncSite -ChildSiteCode PS1

    Revokes the site PS1.

    .EXAMPLE
    PS> Revoke-CMSyncSite -ChildSiteCode CS1 -SiteSystemServerName 'sup2.contoso.com' -Force

    Revokes a software update point of CS1 itself.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites')]
    [OutputType([void])]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [string] $ChildSiteCode,

        [string] $SiteSystemServerName,

        [switch] $Force,

        [string] $SiteCode
    )

    process {
        $params = @{ requestId = [guid]::NewGuid().ToString(); siteCode = $ChildSiteCode }
        if ($SiteSystemServerName) { $params['serverName'] = $SiteSystemServerName }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        # Nobody is asked about what does not exist.
        $found = Invoke-CMSyncMethod -Method 'site/revoke' -Params ($params + @{ whatIf = $true }) -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $found) { return }
        $what = "$($found.SiteCode) ($($found.ServerName)), below site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        $action = 'Cut off for good (this cannot be undone: to come back it has to join again)'
        if (-not (Confirm-CMSyncAction -Target $what -Action $action -Caller $PSCmdlet)) { return }
        $params['requestId'] = [guid]::NewGuid().ToString()
        [void] (Invoke-CMSyncMethod -Method 'site/revoke' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet)
    }
}
