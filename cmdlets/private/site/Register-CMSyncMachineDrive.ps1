function Register-CMSyncMachineDrive {
    # The provider CMSite and a drive for each site of this machine, when the module is imported, so that scripts of the product find
    # them in a fresh session. Nothing of it keeps the module from being imported; Connect-CMSyncSite says what went wrong.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Drives of this session; nothing of a site changes.')]
    [OutputType([void])]
    param()

    try {
        $provider = Register-CMSyncProvider
        foreach ($site in Get-CMSyncMachineSite) { Register-CMSyncDrive @site -Provider $provider }
    } catch {
        $PSCmdlet.WriteVerbose("No drives for sites were made: $($_.Exception.GetBaseException().Message)")
    }
}
