function Restore-CMSyncSite {
    <#
    .SYNOPSIS
    Restores a site from a backup.

    .DESCRIPTION
    Everything in the backup is first compared with its digests. If the site folder does not exist, it is created, for the account
    that restores or the one of -Account. If it belongs to the same site, its database, documents and licence terms are
    replaced. An idle engine is ended. Stop a service first, and stop a running synchronization or wait for it
    first. The old files are kept until all new ones are in place. If the command is killed, the next start of the
    engine finishes the restore, or nothing has changed.

    Everything since the backup is lost. For downstream servers the site is then a new server: they request everything
    again. With -Password the keys and passwords come from the backup. Without it an existing site keeps its own, and for a
    new folder a warning says what to do. A site below a parent can be restored into a new folder only with the password.

    Asks first. -WhatIf checks the backup and changes nothing. Restore only backups that you trust as much as a site folder.

    .PARAMETER Path
    The folder of the backup.

    .PARAMETER SitePath
    The site folder. Default: the folder named as the site code under the root of the sites.

    .PARAMETER Password
    The password of the backup.

    .PARAMETER Account
    Not on Windows, only for root: the account that owns a new site folder and runs its engine, by name or
    number. An existing site folder keeps its account. On Windows the account is that of the service
    (Install-CMSyncService).

    .PARAMETER Force
    Does not ask.

    .EXAMPLE
    PS> Restore-CMSyncSite -Path E:\Backup\ABC-2026-11-29 -WhatIf

    Checks the backup, and shows which site it would restore and where.

    .EXAMPLE
    PS> Restore-CMSyncSite -Path E:\Backup\ABC-2026-11-29 -Force

    Restores the site without confirmation.

    .EXAMPLE
    PS> Restore-CMSyncSite -Path E:\Backup\ABC-whole -SitePath E:\Sites\ABC -Password (Get-Credential -UserName Backup).Password

    Restores the site into another folder, with its keys.

    .INPUTS
    ConfigMgrSync.SiteBackup

    .OUTPUTS
    ConfigMgrSync.SiteRestore: Path, SiteCode, SiteName, InstallDir, CreationTime (of the backup), Files, Size, Documents, Updates,
    Replaced, HasSecrets, WhatIf, Warnings.

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/recover-sites

    .LINK
    about_ConfigMgrSync

    .LINK
    Backup-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/recover-sites')]
    [OutputType('ConfigMgrSync.SiteRestore')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [ValidateNotNullOrEmpty()]
        [string] $SitePath,

        [securestring] $Password,

        [ValidateNotNullOrEmpty()]
        [string] $Account,

        [switch] $Force
    )

    process {
        $folder = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet
        $params = @{ requestId = [guid]::NewGuid().ToString(); path = $folder; replace = $true }
        if ($SitePath) { $params['sitePath'] = Resolve-CMSyncPath -Path $SitePath -Caller $PSCmdlet }
        if ($Account) { $params['account'] = $Account }
        if ($Password) { $params['password'] = (New-Object -TypeName System.Net.NetworkCredential -ArgumentList '', $Password).Password }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        $what = if ($SitePath) { $params['sitePath'] } else { 'the folder of its site' }
        $isWanted = Confirm-CMSyncAction -Target $what -Action "Restore $folder" -Caller $PSCmdlet
        if (-not $isWanted -and -not $WhatIfPreference) { return }

        $params['whatIf'] = -not $isWanted
        $restored = Invoke-CMSyncMethod -Method 'site/restore' -Params $params -Activity "Restore of $folder" -Caller $PSCmdlet
        if ($null -eq $restored) { return }
        foreach ($warning in $restored.Warnings) { Write-Warning $warning }
        ConvertTo-CMSyncObject -Kind 'SiteRestore' -InputObject $restored
    }
}
