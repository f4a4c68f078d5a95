function Get-CMSyncCompletionFolder {
    # The folders that a command may mean, by files alone: of -SiteCode, else of the session, else of CONFIGMGRSYNC_SITE, else all
    # below the root. For completion: nothing is checked and no engine is asked.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $SiteCode,

        # All below the root, whatever the session has chosen.
        [switch] $All
    )

    $root = Get-CMSyncSiteRoot
    $named = [string] [System.Environment]::GetEnvironmentVariable('CONFIGMGRSYNC_SITE')
    $session = $script:CMSyncSite.Params
    if (-not $All) {
        if (-not $SiteCode -and $session.sitePath) { return [string] $session.sitePath }
        if (-not $SiteCode) { $SiteCode = [string] $session.siteCode }
        if (-not $SiteCode -and $named -match '[\\/.]') { return $named }
        if (-not $SiteCode) { $SiteCode = $named }
    }
    if (-not [System.IO.Directory]::Exists($root)) { return }
    foreach ($folder in [System.IO.Directory]::GetDirectories($root)) {
        if (-not [System.IO.File]::Exists([System.IO.Path]::Combine($folder, 'site.json'))) { continue }
        if ($All -or -not $SiteCode -or [System.IO.Path]::GetFileName($folder) -eq $SiteCode) { $folder }
    }
}
