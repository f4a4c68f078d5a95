function Get-CMSyncSiteLabel {
    # How messages name the site a command works on, found as Select-CMSyncSite finds it.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $SiteCode
    )

    if ($SiteCode) { return $SiteCode }
    if ($null -ne (Get-CMSyncDriveSite)) { return $ExecutionContext.SessionState.Path.CurrentLocation.Drive.Name }
    $script:CMSyncSite.Label
}
