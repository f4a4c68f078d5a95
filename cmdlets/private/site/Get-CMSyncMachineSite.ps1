function Get-CMSyncMachineSite {
    # Code and server of each site below the root of the sites, as its folder says, read without an engine. A folder that cannot be
    # read is passed over: the commands say why it cannot be used. A code means the site, else its software update point.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $root = Get-CMSyncSiteRoot
    $found = @{}
    if (-not [System.IO.Directory]::Exists($root)) { return }
    foreach ($folder in [System.IO.Directory]::GetDirectories($root)) {
        try {
            $text = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'site.json'))
        } catch {
            Write-Verbose -Message "There is no site to be read in $($folder): $($_.Exception.GetBaseException().Message)"
            continue
        }
        $code = [regex]::Match($text, '"siteCode":\s*"(\w{3})"').Groups[1].Value
        $server = [regex]::Match($text, '"serverName":\s*"([^"\\]+)"').Groups[1].Value
        if (-not $code -or [System.IO.Path]::GetFileName($folder) -notmatch "^$code(_|$)") { continue }
        if ($found.ContainsKey($code) -and $text -match '"type":\s*"SoftwareUpdatePoint"') { continue }
        $found[$code] = @{ SiteCode = $code; ServerName = $server }
    }
    # Not Sort-Object: its module would have to be loaded.
    $codes = [string[]] @($found.Keys)
    [System.Array]::Sort($codes)
    foreach ($code in $codes) { $found[$code] }
}
