function Update-CMSyncSiteKey {
    <#
    .SYNOPSIS
    Rotates the key that a site uses to authenticate to its parent, and the certificate of its port.

    .DESCRIPTION
    A site with a parent sends the parent a new key over the connection, which must be up. A crash in between leaves the
    site able to connect. A site that listens on a port gets a new certificate for the port from its own authority,
    which stays the same, so no site below has to join again.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Update-CMSyncSiteKey

    Rotates the keys of the site of the session and says which.

    .EXAMPLE
    PS> Update-CMSyncSiteKey -SiteCode PS1 -Confirm:$false

    The same for another site of this machine.

    .OUTPUTS
    System.String

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites

    .LINK
    about_ConfigMgrSync

    .LINK
    Revoke-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites')]
    [OutputType([string])]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Rotate the keys')) { return }
        $params = @{ requestId = [guid]::NewGuid().ToString() }
        $answer = Invoke-CMSyncMethod -Method 'site/updateKey' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($name in $answer.changed) { [string] $name }
    }
}
