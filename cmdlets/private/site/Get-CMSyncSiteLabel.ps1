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
    $script:CMSyncSite.Label
}
