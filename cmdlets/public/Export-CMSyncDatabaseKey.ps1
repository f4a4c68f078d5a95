function Export-CMSyncDatabaseKey {
    <#
    .SYNOPSIS
    Writes the key of the database of a site into a file, for a further server.

    .DESCRIPTION
    The keys and passwords of a site whose database is in PostgreSQL are in that database, sealed with this key. Add-CMSyncServer needs it.
    Keep a copy in a safe place: without the key and without any of the site folders, the certificates and passwords of the site are lost.

    Only you can read the file. Anyone who has the key and can read the database has the keys and passwords of the site, so remove
    the file when you no longer need it.

    .PARAMETER Path
    The file to write.

    .PARAMETER Force
    Replaces an existing file.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Export-CMSyncDatabaseKey -Path E:\key.txt

    Writes the key.

    .EXAMPLE
    PS> Export-CMSyncDatabaseKey -Path E:\key.txt -Force

    Replaces an earlier file.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    System.IO.FileInfo

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability

    .LINK
    about_ConfigMgrSync

    .LINK
    Add-CMSyncServer
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/deploy/configure/site-server-high-availability')]
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [switch] $Force,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $file = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet
        if (-not $PSCmdlet.ShouldProcess($file, "Export the database key of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)")) { return }
        $params = @{ path = $file; force = [bool] $Force }
        $written = Invoke-CMSyncMethod -Method 'site/databaseKey' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $written) { return }
        Get-CMSyncFileItem -Path $file
    }
}
