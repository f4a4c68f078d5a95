function Write-CMSyncSessionWarning {
    # Said beforehand: a remote session of Windows can take the engine with it when it ends, where no service keeps the engine.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        $Caller,

        [string] $SiteCode,

        # For tests; else the folder of the site that the command works on.
        [string] $SitePath,

        [bool] $IsRemote = (Test-CMSyncRemoteSession),

        [string] $Platform = [System.Environment]::OSVersion.Platform
    )

    if (-not $IsRemote -or $Platform -ne 'Win32NT') { return }
    # One that is named and does not exist is told by the command itself.
    if (-not $SitePath -and $SiteCode) { $SitePath = [string] @(Get-CMSyncCompletionFolder -SiteCode $SiteCode)[0] }
    if (-not $SitePath -and $SiteCode) { return }
    if (-not $SitePath) { $SitePath = Get-CMSyncSiteFolder -Caller $Caller }
    if ([System.IO.File]::Exists([System.IO.Path]::Combine($SitePath, 'service.json'))) { return }
    Write-Warning -Message ('This is a remote session and the site has no service: when the session ends before the synchronization, ' +
        'Windows can end the engine with it. The next start continues it. Wait with -Wait, or install the service (Install-CMSyncService).')
}
