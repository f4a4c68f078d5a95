function Move-CMSyncSite {
    <#
    .SYNOPSIS
    Moves a site to another kind of database.

    .DESCRIPTION
    Copies every row and every document of the site into a new database, reads the copy again, compares it with the original, and then
    lets the site use it. Settings, keys, synchronizations, messages, alerts and what was set for single updates stay as they are. For
    downstream servers and child sites nothing changes.

    No engine runs meanwhile: an idle engine is ended. Stop a service first, and stop a running synchronization or wait for it
    first. Sessions and scheduled tasks that need the site at this time fail with an error and can try again afterwards.

    If the command is interrupted or killed, the site still has its old database. Run the command again: it goes on with the copy, or
    makes it again if the site was used since. Once the site has the new database, it stays so.

    The old database is kept in the site folder until you remove it with Remove-CMSyncOldDatabase. So the disk must have room for both. A
    backup of the old database cannot be restored into this site folder any more: make a new one with Backup-CMSyncSite.

    -WhatIf checks what would keep the site from being moved and says how much the old database takes.

    .PARAMETER Database
    Embedded: in the memory of the engine, with a journal, on any Node.js. Sqlite: in a file, which needs Node.js 24.15 or later and a
    folder that only its account can change. Postgres: in PostgreSQL, database and documents, in a database that is empty.

    .PARAMETER DatabaseAddress
    The address of the new database in PostgreSQL, postgresql://user:password@server/database. Default: the environment variable
    CONFIGMGRSYNC_DATABASE_URL. It is kept with the secrets of the site.

    .PARAMETER DatabaseAddressFile
    A file with this address.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Move-CMSyncSite -Database Sqlite -WhatIf

    Says whether the site can be moved to a file of SQLite, and changes nothing.

    .EXAMPLE
    PS> Move-CMSyncSite -SiteCode ABC -Database Sqlite

    Moves a site to a file of SQLite.

    .EXAMPLE
    PS> Move-CMSyncSite -Database Embedded

    Moves the site into the memory of its engine.

    .EXAMPLE
    PS> Move-CMSyncSite -Database Postgres -DatabaseAddress $address

    Moves the site into PostgreSQL. The variable has the address as a secure string.

    .INPUTS
    ConfigMgrSync.Site

    .OUTPUTS
    ConfigMgrSync.SiteMove: SiteCode, SiteName, InstallDir, OldDatabase, Database, Documents, Rows, Digest, OldDatabaseSize, Resumed,
    WhatIf, Warnings.

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/site-database-move

    .LINK
    about_ConfigMgrSync

    .LINK
    Remove-CMSyncOldDatabase

    .LINK
    Backup-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/site-database-move')]
    [OutputType('ConfigMgrSync.SiteMove')]
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('Embedded', 'Sqlite', 'Postgres')]
        [string] $Database,

        [securestring] $DatabaseAddress,

        [string] $DatabaseAddressFile,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        # The set knows no case, the engine does.
        $known = 'Embedded', 'Sqlite', 'Postgres' -eq $Database
        $params = @{ requestId = [guid]::NewGuid().ToString(); database = [string] $known }
        $label = Get-CMSyncSiteLabel -SiteCode $SiteCode
        $isWanted = Confirm-CMSyncAction -Target "site $label" -Action "Move to the database $known" -Caller $PSCmdlet
        if (-not $isWanted -and -not $WhatIfPreference) { return }

        $params['whatIf'] = -not $isWanted
        if ($Database -eq 'Postgres' -or $DatabaseAddress -or $DatabaseAddressFile) {
            $params['databaseAddress'] = Read-CMSyncDatabaseSecret -Kind Address -Secret $DatabaseAddress -File $DatabaseAddressFile -Caller $PSCmdlet
            if (-not $params['databaseAddress']) { return }
        }
        $call = @{ Method = 'site/move'; Activity = "Move of $label"; SiteCode = $SiteCode; Caller = $PSCmdlet }
        $moved = Invoke-CMSyncMethod @call -Params $params
        if ($null -eq $moved) { return }
        foreach ($warning in $moved.Warnings) { Write-Warning $warning }
        ConvertTo-CMSyncObject -Kind 'SiteMove' -InputObject $moved
    }
}
