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

        [switch] $WithoutProvider
    )

    $description = 'ConfigMgrSync site'
    $existing = Get-PSDrive -Name $SiteCode -ErrorAction Ignore
    if ($null -ne $existing) {
        if ($existing.Provider.Name -ne 'CMSite' -and $existing.Description -ne $description) {
            Write-Warning -Message ("The session already has a drive $($SiteCode): of the provider $($existing.Provider.Name), so site " +
                "$SiteCode has no drive. Do not change to $($SiteCode): for this site; choose it with Connect-CMSyncSite.")
        }
        return
    }
    $drive = @{ Name = $SiteCode; Scope = 'Global'; Description = $description; ErrorAction = 'Stop'; WhatIf = $false; Confirm = $false }
    if (-not $WithoutProvider) {
        try {
            Register-CMSyncProvider
            [void] (New-PSDrive -PSProvider 'CMSite' -Root $ServerName @drive)
            return
        } catch {
            Write-Warning -Message ("The drive $($SiteCode): is one of the folder for temporary files, because the provider CMSite " +
                "could not be made: $(([string] $_).TrimEnd('.')). Set-Location $($SiteCode): chooses the site all the same; " +
                'New-PSDrive -PSProvider CMSite does not work.')
        }
    }
    [void] (New-PSDrive -PSProvider 'FileSystem' -Root ([System.IO.Path]::GetTempPath()) @drive)
}
