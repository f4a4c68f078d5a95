function Restore-CMSyncSite {
    <#
    .SYNOPSIS
    Makes a site of a backup, or puts one back to the time of it.

    .DESCRIPTION
    Everything in the backup is compared with its digests first. Where the site folder does not exist it is made, for the account
    that restores or the one of -Account. Where it is that of the same site, its database, documents and licence terms are
    replaced: an idle engine is ended, a service must be stopped first, and a synchronization under way is waited for or stopped
    first. What is replaced is kept until everything new is in its place; where the command is killed, the next start of the
    engine finishes it or nothing has changed.

    What the site did since the backup is lost. It is another server for downstream servers from then on: they ask for everything
    again. With -Password the keys and passwords come out of the backup; without, a site that is there keeps its own, and for a
    new folder a warning names what to do. A site below a parent can be made anew only with the password.

    Asks first. -WhatIf checks the backup and changes nothing. Restore only backups that you trust as you trust a site folder.

    .PARAMETER Path
    The folder of the backup.

    .PARAMETER SitePath
    The site folder. Default: the folder named as the site code under the root of the sites.

    .PARAMETER Password
    The password of the backup.

    .PARAMETER Account
    Elsewhere than on Windows, by root: the account that a folder made anew belongs to and its engine works under, by name or
    number. The folder of a site that is there stays with its account. On Windows the account is that of the service
    (Install-CMSyncService).

    .PARAMETER Force
    Does not ask.

    .EXAMPLE
    PS> Restore-CMSyncSite -Path E:\Backup\ABC-2026-11-29 -WhatIf

    Checks the backup, and shows which site it would put where.

    .EXAMPLE
    PS> Restore-CMSyncSite -Path E:\Backup\ABC-2026-11-29 -Force

    Puts the site back without a question.

    .EXAMPLE
    PS> Restore-CMSyncSite -Path E:\Backup\ABC-whole -SitePath E:\Sites\ABC -Password (Get-Credential -UserName Backup).Password

    Makes the site in another folder, with its keys.

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
