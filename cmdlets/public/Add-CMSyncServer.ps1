function Add-CMSyncServer {
    <#
    .SYNOPSIS
    Makes this machine a further server of a site whose database is in PostgreSQL.

    .DESCRIPTION
    Creates a site folder with its own logs, pipe and secret. Site code, GUID, settings, certificates and passwords are those of the
    site: they are in its database. The new folder becomes the site of this session.

    One server of a site is its owner: it synchronizes, schedules, maintains and delivers alerts. All of them serve downstream servers,
    sites below, the status page and commands. If the owner dies, another one takes its place within 30 seconds. Get-CMSyncServer shows who
    does what.

    Needed are the address of the database, and the key that opens what the servers share there: Export-CMSyncDatabaseKey writes
    it into a file on another server. Neither can be on a command line as plain text.

    The version of ConfigMgrSync must be that of the other servers.

    .PARAMETER Database
    Postgres: only a database there can have several servers.

    .PARAMETER DatabaseAddress
    The address of the database, such as postgresql://user:password@server/database. Without this parameter it is taken from the
    environment variable CONFIGMGRSYNC_DATABASE_URL. It is a secure string, because it holds a password.

    .PARAMETER DatabaseAddressFile
    A file with that address. Only you should be able to read it, because of the password.

    .PARAMETER DatabaseKey
    The key of the database. Without this parameter it is taken from the environment variable CONFIGMGRSYNC_DATABASE_KEY.

    .PARAMETER DatabaseKeyFile
    A file with that key, as Export-CMSyncDatabaseKey writes it. Remove it afterwards.

    .PARAMETER Path
    The folder. Default: a folder named as the site code under the root of all sites, which CONFIGMGRSYNC_HOME moves.

    .PARAMETER ServerName
    The name of this server in the list of servers. Default: the name of this machine.

    .PARAMETER Operator
    Accounts that may use the site on this server too. On Windows names or SIDs of users or groups; elsewhere one group, of which the
    owner of the folder must be a member. Each server has operators of its own.

    .PARAMETER Account
    Not on Windows, only for root: the account that owns the folder and runs its engine, by name or number. Root needs it with
    -Operator.

    .PARAMETER PassThru
    Returns the site. Without it, nothing is returned.

    .EXAMPLE
    PS> Add-CMSyncServer -DatabaseAddressFile E:\address.txt -DatabaseKeyFile E:\key.txt

    Makes this machine a server of the site in that database.

    .EXAMPLE
    PS> $env:CONFIGMGRSYNC_DATABASE_URL = Get-Content ./address.txt; $env:CONFIGMGRSYNC_DATABASE_KEY = Get-Content ./key.txt
    PS> Add-CMSyncServer -Path /srv/abc -Account cmsync

    Made by root on Linux, for a script: nothing is asked.

    .OUTPUTS
    IResultObject#SMS_Site

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncServer

    .LINK
    Export-CMSyncDatabaseKey
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability')]
    [OutputType('IResultObject#SMS_Site')]
    param(
        [ValidateSet('Postgres')]
        [string] $Database = 'Postgres',

        [securestring] $DatabaseAddress,

        [string] $DatabaseAddressFile,

        [securestring] $DatabaseKey,

        [string] $DatabaseKeyFile,

        [string] $Path,

        [string] $ServerName,

        [string[]] $Operator,

        [string] $Account,

        [switch] $PassThru
    )

    process {
        if (-not $PSCmdlet.ShouldProcess("a database in $Database", 'Add this machine as a server of its site')) { return }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'ServerName', 'Account'
        $params['requestId'] = [guid]::NewGuid().ToString()
        if ($Operator) { $params['operators'] = $Operator }
        if ($Path) { $params['path'] = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet }
        $params['databaseAddress'] = Read-CMSyncDatabaseSecret -Kind Address -Secret $DatabaseAddress -File $DatabaseAddressFile -Caller $PSCmdlet
        if (-not $params['databaseAddress']) { return }
        $params['databaseKey'] = Read-CMSyncDatabaseSecret -Kind Key -Secret $DatabaseKey -File $DatabaseKeyFile -Caller $PSCmdlet
        if (-not $params['databaseKey']) { return }
        $answer = Invoke-CMSyncMethod -Method 'site/attach' -Params $params -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $script:CMSyncSite = @{ Params = @{ sitePath = [string] $answer.InstallDir }; Label = [string] $answer.SiteCode }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Site' -InputObject $answer }
    }
}
