function Get-CMSyncDriveSite {
    # The site of the drive that the session stands on, as parameters of site/connect; nothing elsewhere.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $location = $ExecutionContext.SessionState.Path.CurrentLocation
    $drive = $location.Drive
    if ($null -eq $drive -and $location.Provider.Name -eq 'CMSite') {
        # A path of the provider, such as CMSite::SERVER: the site of that server, where it has one.
        $drives = @(foreach ($one in $location.Provider.Drives) { if ($one.Root -eq $location.ProviderPath.Trim('\', '/')) { $one } })
        if ($drives.Count -eq 1) { $drive = $drives[0] }
    }
    # A drive that only has the name of a site, as ENV: may, is not a drive of it (Register-CMSyncDrive).
    if ($null -eq $drive -or ($drive.Provider.Name -ne 'CMSite' -and $drive.Description -ne 'ConfigMgrSync site')) { return }
    $known = $script:CMSyncDrive[$drive.Name]
    if ($null -ne $known) { return $known }
    if ($drive.Provider.Name -eq 'CMSite') { @{ siteCode = $drive.Name } }
}
