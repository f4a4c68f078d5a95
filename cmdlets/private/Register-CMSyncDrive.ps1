function Register-CMSyncDrive {
    # The drive of a site, named by its code, so that Set-Location ABC: works. Where the provider CMSite cannot be made it is a drive of
    # the folder for temporary files: what a script writes there by mistake does no harm. A drive of that name that is there stays.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'A drive of this session; nothing of a site changes.')]
    [OutputType([void])]
    param(
        [string] $SiteCode,

        [string] $ServerName,

        [switch] $WithoutProvider
    )

    if ($null -ne (Get-PSDrive -Name $SiteCode -ErrorAction Ignore)) { return }
    $drive = @{ Name = $SiteCode; Scope = 'Global'; Description = 'ConfigMgrSync site'; ErrorAction = 'Stop'; WhatIf = $false; Confirm = $false }
    if (-not $WithoutProvider) {
        try {
            Register-CMSyncProvider
            [void] (New-PSDrive -PSProvider 'CMSite' -Root $ServerName @drive)
            return
        } catch {
            Write-Debug -Message "The provider CMSite cannot be used: $_"
        }
    }
    [void] (New-PSDrive -PSProvider 'FileSystem' -Root ([System.IO.Path]::GetTempPath()) @drive)
}
