function Get-CMSyncNodeCandidate {
    # Pure: where Node.js may be, in the order of trust. -Environment holds the variables, -InstallPath the registry's value.
    # A path named by CONFIGMGRSYNC_NODE is the only candidate: a wrong setting is told, not passed over.
    # -Elevated: the machine's own places before PATH, where others may have made a folder.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [hashtable] $Environment,

        [bool] $Windows,

        [bool] $Elevated,

        [string] $InstallPath
    )

    if ($Environment['CONFIGMGRSYNC_NODE']) {
        return [pscustomobject]@{ Source = 'CONFIGMGRSYNC_NODE'; Path = $Environment['CONFIGMGRSYNC_NODE'] }
    }
    $file = if ($Windows) { 'node.exe' } else { 'node' }
    $splitter = if ($Windows) { ';' } else { ':' }
    $folders = @(foreach ($folder in ([string] $Environment['PATH']).Split($splitter)) {
        if ($folder.Trim()) { @{ Source = 'PATH'; Folder = $folder.Trim().Trim('"') } }
    })
    if ($Windows) {
        $own = @(foreach ($name in 'ProgramW6432', 'ProgramFiles') {
            if ($Environment[$name]) { @{ Source = $name; Folder = $Environment[$name].TrimEnd('\') + '\nodejs' } }
        })
        if ($InstallPath) { $own += @{ Source = 'registry'; Folder = $InstallPath } }
        $folders = if ($Elevated) { $own + $folders } else { $folders + $own }
    }
    $separator = if ($Windows) { '\' } else { '/' }
    $seen = @{}
    foreach ($entry in $folders) {
        $path = $entry.Folder.TrimEnd('\', '/') + $separator + $file
        if ($seen.ContainsKey($path)) { continue }
        $seen[$path] = $true
        [pscustomobject]@{ Source = $entry.Source; Path = $path }
    }
}
