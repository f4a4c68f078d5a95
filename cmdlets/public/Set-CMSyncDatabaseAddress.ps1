function Set-CMSyncDatabaseAddress {
    <#
    .SYNOPSIS
    Gives a site whose database is in PostgreSQL another address or password.

    .DESCRIPTION
    For a site that was made with -Database Postgres, after its database has got another password, user, server or name. The new address
    is tried first: where it does not lead to the database of this very site, nothing is changed.

    The engine of the site need not be able to start. An idle engine is ended, so that the next command uses the new address. A service
    and a running synchronization go on with the old one, and a warning says so: restart the service.

    Each server of a site keeps its own address: run the command on every one.

    .PARAMETER DatabaseAddress
    The new address, postgresql://user:password@server/database. Default: the environment variable CONFIGMGRSYNC_DATABASE_URL. It is
    a secure string, because it holds a password.

    .PARAMETER DatabaseAddressFile
    A file with this address.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER PassThru
    Returns the site.

    .EXAMPLE
    PS> Set-CMSyncDatabaseAddress -DatabaseAddress $address

    Changes the address. The variable has it as a secure string.

    .EXAMPLE
    PS> Set-CMSyncDatabaseAddress -SiteCode ABC -DatabaseAddressFile E:\address.txt -WhatIf

    Tries the address in a file, and changes nothing.

    .INPUTS
    ConfigMgrSync.Site

    .OUTPUTS
    IResultObject#SMS_Site, with -PassThru.

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/site-database-move

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMSyncSite

    .LINK
    Move-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/site-database-move')]
    [OutputType('IResultObject#SMS_Site')]
    param(
        [securestring] $DatabaseAddress,

        [string] $DatabaseAddressFile,

        [switch] $PassThru,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $label = Get-CMSyncSiteLabel -SiteCode $SiteCode
        $isWanted = Confirm-CMSyncAction -Target "site $label" -Action 'Change the address of the database' -Caller $PSCmdlet
        if (-not $isWanted -and -not $WhatIfPreference) { return }

        $params = @{ requestId = [guid]::NewGuid().ToString(); whatIf = -not $isWanted }
        $params['databaseAddress'] = Read-CMSyncDatabaseSecret -Kind Address -Secret $DatabaseAddress -File $DatabaseAddressFile -Caller $PSCmdlet
        if (-not $params['databaseAddress']) { return }
        $set = Invoke-CMSyncMethod -Method 'site/setDatabaseAddress' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $set) { return }
        foreach ($warning in $set.warnings) { Write-Warning $warning }
        if (-not $PassThru -or -not $isWanted) { return }
        $site = Invoke-CMSyncMethod -Method 'site/get' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -ne $site) { ConvertTo-CMSyncObject -Kind 'Site' -InputObject $site }
    }
}
