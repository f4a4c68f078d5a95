function Get-CMSyncServer {
    <#
    .SYNOPSIS
    Gets the servers of a site.

    .DESCRIPTION
    A site whose database is in PostgreSQL can have several servers (Add-CMSyncServer). For each one: its role, its state, the version it
    runs, when its engine started and when it was last heard of. A server that has died is shown as Silent. Any other site has one
    server.

    .PARAMETER ServerName
    The name of the server. * and ? stand for other characters. A name that no server has gives a warning.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSyncServer

    All servers of the site.

    .EXAMPLE
    PS> Get-CMSyncServer | Where-Object Role -eq Owner

    The server that synchronizes and changes the site.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    ConfigMgrSync.SyncServer

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability

    .LINK
    about_ConfigMgrSync

    .LINK
    Add-CMSyncServer
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability')]
    [OutputType('ConfigMgrSync.SyncServer')]
    param(
        [Parameter(Position = 0)]
        [SupportsWildcards()]
        [string] $ServerName,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $answer = Invoke-CMSyncMethod -Method 'server/list' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $named = @{ Pattern = $ServerName; Known = @($answer.servers).ServerName; Wildcard = $true }
        Write-CMSyncNoMatch @named -Text 'There is no server {0}.' -Caller $PSCmdlet
        foreach ($server in $answer.servers) {
            if ($ServerName -and -not (Test-CMSyncName -Name $server.ServerName -Pattern $ServerName -Wildcard $true)) { continue }
            ConvertTo-CMSyncObject -Kind 'SyncServer' -InputObject $server
        }
    }
}
