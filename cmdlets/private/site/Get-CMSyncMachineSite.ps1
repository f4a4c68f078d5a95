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
            # Not Write-Verbose and Sort-Object: their module would have to be loaded for the first import.
            $PSCmdlet.WriteVerbose("No site could be read in $($folder): $($_.Exception.GetBaseException().Message)")
            continue
        }
        if ($text -notmatch '"siteCode":\s*"(\w{3})"') { continue }
        $code = $Matches[1]
        $server = if ($text -match '"serverName":\s*"([^"\\]+)"') { $Matches[1] } else { '' }
        if ([System.IO.Path]::GetFileName($folder) -notmatch "^$code(_|$)") { continue }
        if ($found.ContainsKey($code) -and $text -match '"type":\s*"SoftwareUpdatePoint"') { continue }
        $found[$code] = @{ SiteCode = $code; ServerName = $server }
    }
    $codes = [string[]] @($found.Keys)
    if ($codes.Count -gt 1) { [System.Array]::Sort($codes) }
    foreach ($code in $codes) { $found[$code] }
}
