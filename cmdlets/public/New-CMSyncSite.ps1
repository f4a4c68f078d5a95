function New-CMSyncSite {
    <#
    .SYNOPSIS
    Creates a site: the folder with its database, documents, logs and settings.

    .DESCRIPTION
    Creates the site folder with permissions for its creator, for administrators and for the accounts of -Operator, and makes the new
    site the site of this session. It synchronizes from Microsoft Update unless -Upstream names a server.

    .PARAMETER SiteCode
    The code of the site: three letters or digits.

    .PARAMETER SiteName
    A descriptive name.

    .PARAMETER Path
    The folder. Default: a folder named as the code under the root of all sites, which CONFIGMGRSYNC_HOME moves.

    .PARAMETER Operator
    Accounts that may use the site too. On Windows names or SIDs of users or groups; elsewhere one group, of which the owner of the
    site must be a member.

    .PARAMETER Account
    Not on Windows, only for root: the account that owns the site and runs its engine, by name or number.
    Root needs it with -Operator, because an engine of root does not run in a folder where others can write. On Windows the account is that
    of the service (Install-CMSyncService).

    .PARAMETER Upstream
    The address of the upstream server, such as http://wsus.contoso.com:8530.

    .PARAMETER Type
    CAS and a stand-alone Primary have no parent. A Primary below a CAS, a Secondary below a Primary, and a SoftwareUpdatePoint
    (a further software update point of the parent itself) join their parent. Default: the type that fits below the parent.

    .PARAMETER JoinToken
    The token of the parent, from New-CMSyncJoinToken. The engine of the parent must serve a port. Only a successful join uses the token up.

    .PARAMETER ParentSiteCode
    The parent, if it is a site of this machine: the token is requested from it. With -JoinToken it checks that the token is from that site.

    .PARAMETER ServerName
    The name of the server. Default: the name of this machine.

    .PARAMETER Database
    Embedded (the default): the database is in the memory of the engine, with a journal, on any Node.js. Sqlite: it is in a file, so a
    large site opens at once and needs little memory. This needs Node.js 24.15 or later and a disk of this machine, and the site
    can have no -Operator. Postgres: database and documents are in PostgreSQL 14 or later, and -DatabaseAddress says where. Each site
    needs a database of its own. Move-CMSyncSite changes it later.

    .PARAMETER DatabaseAddress
    With -Database Postgres: the address of the database, such as postgresql://user:password@server/database. It is kept with the
    secrets of the site. Without this parameter and -DatabaseAddressFile it is taken from the environment variable
    CONFIGMGRSYNC_DATABASE_URL. It is a secure string, because it holds a password.

    .PARAMETER DatabaseAddressFile
    A file with that address. Only you should be able to read it, because of the password.

    .EXAMPLE
    PS> New-CMSyncSite -SiteCode ABC -SiteName 'Contoso'

    A stand-alone primary site that synchronizes from Microsoft Update.

    .EXAMPLE
    PS> New-CMSyncSite -SiteCode LAB -Path ./lab -Upstream 'http://wsus.contoso.com:8530'

    A site in a folder of your choice with a WSUS server as its source.

    .EXAMPLE
    PS> New-CMSyncSite -SiteCode PS1 -JoinToken $token

    A primary site below the central administration site that made the token.

    .EXAMPLE
    PS> New-CMSyncSite -SiteCode ABC -Path /srv/abc -Account cmsync -Operator cmsync-operators

    Made by root on Linux: a site of the account cmsync, which is a member of the group cmsync-operators. All members of the
    group can use the site; its engine runs as cmsync, or as the member whose command starts it.

    .EXAMPLE
    PS> New-CMSyncSite -SiteCode BIG -Database Sqlite

    A site whose database is a file of SQLite.

    .EXAMPLE
    PS> New-CMSyncSite -SiteCode BIG -Database Postgres -DatabaseAddressFile ./address.txt

    A site whose database is in PostgreSQL. The file has one line, such as postgresql://cm:password@db.contoso.com/cm_big.

    .OUTPUTS
    ConfigMgrSync.Site

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites

    .LINK
    about_ConfigMgrSync

    .LINK
    Connect-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites')]
    [OutputType('ConfigMgrSync.Site')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [string] $SiteCode,

        [string] $SiteName,

        [string] $Path,

        [string[]] $Operator,

        [string] $Account,

        [Alias('UpstreamSourceLocation')]
        [string] $Upstream,

        [ValidateSet('Primary', 'CAS', 'Secondary', 'SoftwareUpdatePoint')]
        [string] $Type,

        [psobject] $JoinToken,

        [string] $ParentSiteCode,

        [string] $ServerName,

        [ValidateSet('Embedded', 'Sqlite', 'Postgres')]
        [string] $Database,

        [securestring] $DatabaseAddress,

        [string] $DatabaseAddressFile
    )

    process {
        $names = 'SiteCode', 'SiteName', 'Account', 'Upstream', 'Type', 'JoinToken', 'ParentSiteCode', 'ServerName', 'Database'
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name $names
        if ($null -ne $JoinToken -and $JoinToken -isnot [string]) {
            # The object of New-CMSyncJoinToken, fresh or from a file.
            if (-not $JoinToken.Token) {
                $data = @{ reason = '-JoinToken takes the result of New-CMSyncJoinToken, or its Token' }
                $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
            }
            $params['joinToken'] = [string] $JoinToken.Token
        }
        $params += @{ requestId = [guid]::NewGuid().ToString() }
        if ($Operator) { $params['operators'] = $Operator }
        if ($Path) { $params['path'] = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet }
        if (-not $PSCmdlet.ShouldProcess("site $SiteCode", 'Create the site')) { return }
        if ($Database -eq 'Postgres' -or $DatabaseAddress -or $DatabaseAddressFile) {
            $params['databaseAddress'] = Read-CMSyncDatabaseSecret -Kind Address -Secret $DatabaseAddress -File $DatabaseAddressFile -Caller $PSCmdlet
            if (-not $params['databaseAddress']) { return }
        }
        $answer = Invoke-CMSyncMethod -Method 'site/new' -Params $params -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $script:CMSyncSite = @{ Params = @{ sitePath = [string] $answer.InstallDir }; Label = [string] $answer.SiteCode }
        ConvertTo-CMSyncObject -Kind 'Site' -InputObject $answer
    }
}
