function Get-CMSyncDriveSite {
    # The site of the drive that the session stands on, as parameters of site/connect; nothing elsewhere.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $drive = $ExecutionContext.SessionState.Path.CurrentLocation.Drive
    if ($null -eq $drive) { return }
    $known = $script:CMSyncDrive[$drive.Name]
    if ($null -ne $known) { return $known }
    if ($drive.Provider.Name -eq 'CMSite') { @{ siteCode = $drive.Name } }
}
