# Gives files and folders an access list, and an owner where the text has one. With isTree all below a folder inherits
# from it alone and belongs to Administrators: who owned a file could give himself access again. Gives the links it met,
# which it does not follow.
function Write-CMSyncAccess {
    [CmdletBinding()]
    [OutputType([string[]])]
    param([Parameter(Mandatory = $true)] $Given)

    $sections = [System.Security.AccessControl.AccessControlSections]
    $write = {
        param($Path, $List)

        if ([System.IO.Directory]::Exists($Path)) {
            [System.IO.Directory]::SetAccessControl($Path, $List)
        } else {
            [System.IO.File]::SetAccessControl($Path, $List)
        }
    }
    $new = {
        param($Path)

        $kind = if ([System.IO.Directory]::Exists($Path)) { 'DirectorySecurity' } else { 'FileSecurity' }
        New-Object -TypeName "System.Security.AccessControl.$kind"
    }
    $links = New-Object -TypeName System.Collections.ArrayList
    foreach ($item in $Given.items) {
        $list = & $new $item.path
        $wanted = $sections::Access
        if ($item.sddl -like 'O:*') { $wanted = $wanted -bor $sections::Owner }
        $list.SetSecurityDescriptorSddlForm($item.sddl, $wanted)
        & $write $item.path $list
        if (-not $item.isTree) { continue }
        $waiting = New-Object -TypeName System.Collections.Queue
        $waiting.Enqueue([string] $item.path)
        while ($waiting.Count -gt 0) {
            foreach ($path in [System.IO.Directory]::GetFileSystemEntries($waiting.Dequeue())) {
                if ($item.keeps -contains [System.IO.Path]::GetFileName($path)) { continue }
                $attributes = [System.IO.File]::GetAttributes($path)
                if (($attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0) {
                    [void] $links.Add([string] $path)
                    continue
                }
                $list = & $new $path
                # Nothing of its own, and what it inherits again.
                $list.SetSecurityDescriptorSddlForm('O:BAD:AI', $sections::Access -bor $sections::Owner)
                & $write $path $list
                if ([System.IO.Directory]::Exists($path)) { $waiting.Enqueue([string] $path) }
            }
        }
    }
    , [string[]] $links.ToArray()
}
