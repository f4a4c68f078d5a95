function Set-CMSyncDatabaseKey {
    <#
    .SYNOPSIS
    Gives this server of a site the new key of its database.

    .DESCRIPTION
    For a site with several servers, after Update-CMSyncDatabaseKey on one of them: the others need the new key. It is tried first:
    where it does not open what the servers share in the database, nothing is changed.

    An engine that runs takes the key at once. An engine that does not run need not be started.

    .PARAMETER DatabaseKey
    The key, as a secure string. Default: the environment variable CONFIGMGRSYNC_DATABASE_KEY.

    .PARAMETER DatabaseKeyFile
    A file with the key, as Export-CMSyncDatabaseKey writes it. Remove it afterwards.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER PassThru
    Returns the site.

    .EXAMPLE
    PS> Set-CMSyncDatabaseKey -DatabaseKeyFile E:\key.txt

    Keeps the key that is in the file.

    .EXAMPLE
    PS> Set-CMSyncDatabaseKey -SiteCode ABC -DatabaseKeyFile E:\key.txt -WhatIf

    Tries the key, and changes nothing.

    .INPUTS
    ConfigMgrSync.Site

    .OUTPUTS
    IResultObject#SMS_Site, with -PassThru.

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability

    .LINK
    about_ConfigMgrSync

    .LINK
    Update-CMSyncDatabaseKey

    .LINK
    Export-CMSyncDatabaseKey
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability')]
    [OutputType('IResultObject#SMS_Site')]
    param(
        [securestring] $DatabaseKey,

        [string] $DatabaseKeyFile,

        [switch] $PassThru,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $label = Get-CMSyncSiteLabel -SiteCode $SiteCode
        $isWanted = Confirm-CMSyncAction -Target "site $label" -Action 'Keep the key of the database' -Caller $PSCmdlet
        if (-not $isWanted -and -not $WhatIfPreference) { return }

        $params = @{ requestId = [guid]::NewGuid().ToString(); whatIf = -not $isWanted }
        $params['databaseKey'] = Read-CMSyncDatabaseSecret -Kind Key -Secret $DatabaseKey -File $DatabaseKeyFile -Caller $PSCmdlet
        if (-not $params['databaseKey']) { return }
        $set = Invoke-CMSyncMethod -Method 'site/setDatabaseKey' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $set -or -not $PassThru -or -not $isWanted) { return }
        $site = Invoke-CMSyncMethod -Method 'site/get' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -ne $site) { ConvertTo-CMSyncObject -Kind 'Site' -InputObject $site }
    }
}
