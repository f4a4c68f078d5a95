function Backup-CMSyncSite {
    <#
    .SYNOPSIS
    Backs up a site into a new folder while its engine runs.

    .DESCRIPTION
    The copy contains the database, the documents and the licence terms of one moment. Synchronizations and other commands continue
    meanwhile. Every file is read again and compared with its digest before the folder gets its name, so a backup is always
    complete. Ctrl+C and errors leave nothing behind.

    Keys and passwords of the site (the password for the proxy, the key that signs exports, the certificates of the port, the key
    for the parent) are in the backup only with -Password, which protects them. Without it they are left out, and a warning
    names them. Whoever can read a backup can read the settings of the site and all update metadata.

    .PARAMETER Path
    The folder to make. It must not exist, and must not be in the site folder. Every backup needs a folder of its own.

    .PARAMETER Password
    Protects keys and passwords in the backup. Keep it: it cannot be recovered.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Backup-CMSyncSite -Path E:\Backup\ABC-2026-11-29

    Copies the site without its keys.

    .EXAMPLE
    PS> $password = (Get-Credential -UserName Backup).Password
    PS> Backup-CMSyncSite -Path E:\Backup\ABC-whole -Password $password

    Copies the site with its keys, which the password protects.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    ConfigMgrSync.SiteBackup: Path, SiteCode, SiteName, ServerName, Version, Format, CreationTime (the moment that it shows), Files,
    Size, Documents, Updates, HasSecrets, Warnings.

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/backup-and-recovery

    .LINK
    about_ConfigMgrSync

    .LINK
    Restore-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/backup-and-recovery')]
    [OutputType('ConfigMgrSync.SiteBackup')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [securestring] $Password,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $folder = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet
        if (-not $PSCmdlet.ShouldProcess($folder, "Back up site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)")) { return }

        $params = @{ requestId = [guid]::NewGuid().ToString(); path = $folder }
        if ($Password) { $params['password'] = (New-Object -TypeName System.Net.NetworkCredential -ArgumentList '', $Password).Password }
        $made = Invoke-CMSyncMethod -Method 'site/backup' -Params $params -SiteCode $SiteCode -Activity "Backup to $folder" -Caller $PSCmdlet
        if ($null -eq $made) { return }
        foreach ($warning in $made.Warnings) { Write-Warning $warning }
        ConvertTo-CMSyncObject -Kind 'SiteBackup' -InputObject $made
    }
}
