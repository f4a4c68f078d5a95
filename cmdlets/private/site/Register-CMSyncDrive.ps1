function Register-CMSyncDrive {
    # The drive of a site, named by its code, so that Set-Location ABC: works. Where the provider CMSite cannot be made it is a drive of
    # the folder for temporary files, with a warning: what a script writes there by mistake does no harm. A drive of that name that
    # exists stays, with a warning where it is of something else (ENV: holds the environment).
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'A drive of this session; nothing of a site changes.')]
    [OutputType([void])]
    param(
        [string] $SiteCode,

        [string] $ServerName,

        [System.Management.Automation.ProviderInfo] $Provider,

        [switch] $WithoutProvider
    )

    # Not New-PSDrive and its like: the module of those commands would have to be loaded for the first import.
    $drives = $ExecutionContext.SessionState.Drive
    $description = 'ConfigMgrSync site'
    foreach ($existing in $drives.GetAll()) {
        if ($existing.Name -ne $SiteCode) { continue }
        if ($existing.Provider.Name -ne 'CMSite' -and $existing.Description -ne $description) {
            Write-Warning -Message ("The session already has a drive $($SiteCode): of the provider $($existing.Provider.Name), so site " +
                "$SiteCode has no drive. Do not change to $($SiteCode): for this site; choose it with Connect-CMSyncSite.")
        }
        return
    }
    $root = $ServerName
    if (-not $WithoutProvider) {
        try {
            if ($null -eq $Provider) { $Provider = Register-CMSyncProvider }
        } catch {
            Write-Warning -Message ("The drive $($SiteCode): is a drive of the temporary folder, because the provider CMSite " +
                "could not be loaded: $(([string] $_).TrimEnd('.')). Set-Location $($SiteCode): still chooses the site, but " +
                'New-PSDrive -PSProvider CMSite does not work.')
        }
    }
    if ($null -eq $Provider) {
        $Provider = $ExecutionContext.SessionState.Provider.GetOne('FileSystem')
        $root = [System.IO.Path]::GetTempPath()
    }
    [void] $drives.New([System.Management.Automation.PSDriveInfo]::new($SiteCode, $Provider, $root, $description, $null), 'Global')
}
