function Update-CMSyncDatabaseKey {
    <#
    .SYNOPSIS
    Makes a new key for the database of a site that several servers share.

    .DESCRIPTION
    The keys and passwords of a site whose database is in PostgreSQL are in that database, sealed with a key. This command makes a new key,
    seals all of them again with it in one transaction, and keeps the new key in the folder of this server. Use it when somebody may
    have the old key.

    Run it on the owner of the site (Get-CMSyncServer). Each other server needs the new key: a warning names it. Until it has the key, it
    goes on serving, Get-CMSyncHealth says what is missing, and what it would carry to the owner ends with DatabaseKeyChanged. Write
    the key into a file with Export-CMSyncDatabaseKey at once (no other server has it yet), and give it to each with
    Set-CMSyncDatabaseKey. Then restart the engines: what downstream servers sign in with is made from the key.

    Who had the old key and could read the database or a site folder may know the keys and passwords themselves: change those too.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Update-CMSyncDatabaseKey
    PS> Export-CMSyncDatabaseKey -Path E:\key.txt

    Makes a new key, and writes it into a file for the other servers.

    .EXAMPLE
    PS> $needed = Update-CMSyncDatabaseKey -SiteCode ABC -Confirm:$false

    Makes it in a script; the variable has the names of the servers that need it.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    System.String. The names of the servers that need the new key.

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSyncDatabaseKey

    .LINK
    Export-CMSyncDatabaseKey
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability')]
    [OutputType([string])]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Make a new key for the database')) { return }
        $params = @{ requestId = [guid]::NewGuid().ToString() }
        $answer = Invoke-CMSyncMethod -Method 'database/updateKey' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($name in $answer.servers) {
            Write-Warning ("The server $name needs the new key: write it into a file here with Export-CMSyncDatabaseKey, and run " +
                'Set-CMSyncDatabaseKey -DatabaseKeyFile there.')
            [string] $name
        }
    }
}
