function Get-CMSyncSiteRoot {
    # The folder that holds the site folders, found as the engine finds it (server/site/siteRoot.ts).
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $chosen = [System.Environment]::GetEnvironmentVariable('CONFIGMGRSYNC_HOME')
    if ($chosen) { return $chosen }
    if ([System.Environment]::OSVersion.Platform -eq 'Win32NT') {
        $data = [System.Environment]::GetEnvironmentVariable('ProgramData')
        if (-not $data) { $data = 'C:\ProgramData' }
        return [System.IO.Path]::Combine($data, 'ConfigMgrSync')
    }
    $state = [System.Environment]::GetEnvironmentVariable('XDG_STATE_HOME')
    if (-not $state) { $state = [System.IO.Path]::Combine([System.Environment]::GetEnvironmentVariable('HOME'), '.local', 'state') }
    [System.IO.Path]::Combine($state, 'configmgrsync')
}
