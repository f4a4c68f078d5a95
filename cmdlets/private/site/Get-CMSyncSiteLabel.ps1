function Get-CMSyncSiteLabel {
    # How messages name the site a command works on, found as Select-CMSyncSite finds it.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $SiteCode
    )

    if ($SiteCode) { return $SiteCode }
    $site = Get-CMSyncDriveSite
    if ($null -ne $site -and $site.siteCode) { return $site.siteCode }
    if ($null -ne $site) { return $ExecutionContext.SessionState.Path.CurrentLocation.Drive.Name }
    if ($script:CMSyncSite.Params.Count -gt 0) { return $script:CMSyncSite.Label }
    $connection = $script:CMSyncConnection
    if ($null -ne $connection -and $connection.SiteKey -eq '{}' -and $connection.SiteCode) { return $connection.SiteCode }
    # The session has chosen none: the only one of the machine, by its files.
    $folders = @(Get-CMSyncCompletionFolder)
    if ($folders.Count -ne 1) { return $script:CMSyncSite.Label }
    try {
        $file = [System.IO.Path]::Combine($folders[0], 'site.json')
        [string] (ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($file))).siteCode
    } catch {
        # The command itself says what is wrong with the site.
        Write-Verbose -Message $_.Exception.Message
        $script:CMSyncSite.Label
    }
}
