function Remove-CMSyncServer {
    <#
    .SYNOPSIS
    Removes a server that does not run any more from the list of the servers of a site.

    .DESCRIPTION
    The server must not run: stop its engine or its service there first. Its folder stays; delete it on that machine. Asks first, unless
    -Force is given.

    This takes no access away. If the engine starts there again, the server is in the list again. To shut a machine out, change the
    password of the database user, which its folder has, and give the new address to the other servers.

    .PARAMETER ServerName
    The name of the server.

    .PARAMETER Force
    Does not ask.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Remove-CMSyncServer -ServerName cm03.contoso.com -Force

    Removes a server without asking.

    .EXAMPLE
    PS> Get-CMSyncServer | Where-Object State -eq Silent | Remove-CMSyncServer

    Removes the servers that have died, and asks for each.

    .INPUTS
    ConfigMgrSync.SyncServer

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncServer
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability')]
    [OutputType([void])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateLength(1, 255)]
        [string] $ServerName,

        [switch] $Force,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $params = @{ requestId = [guid]::NewGuid().ToString(); serverName = $ServerName; whatIf = $true }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        # Nobody is asked about what cannot be removed.
        $found = Invoke-CMSyncMethod -Method 'server/remove' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $found) { return }
        $target = "server $($found.ServerName) of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not (Confirm-CMSyncAction -Target $target -Action 'Remove' -Caller $PSCmdlet)) { return }
        $params = @{ requestId = [guid]::NewGuid().ToString(); serverName = $found.ServerName }
        [void] (Invoke-CMSyncMethod -Method 'server/remove' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem)
    }
}
