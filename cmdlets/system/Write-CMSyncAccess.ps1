# Gives files and folders an access list, and an owner where the text has one. With below all below a folder gets what it
# inherits from it, and belongs to Administrators: who owned a file could give himself access again. Each is opened without
# following a link, and changed only where it lies under its path and has no other name. Gives what it left alone, and why.
function Write-CMSyncAccess {
    [CmdletBinding()]
    [OutputType([object[]])]
    param(
        [Parameter(Mandatory = $true)]
        $Given,

        # What opens a file or folder; replaced in tests.
        [scriptblock] $Open
    )

    if ($null -eq $Open) {
        . (Join-Path -Path $PSScriptRoot -ChildPath 'Open-CMSyncFile.ps1')
        $Open = { param($Path, $WithOwner) Open-CMSyncFile -Path $Path -WithOwner $WithOwner }
    }
    $reasonAgainst = {
        param($File, $Path)

        if ($File.IsLink) { return 'it is a link that points elsewhere' }
        # A link on the way to it.
        if ($File.FinalPath -ne $Path) { return "it leads to $($File.FinalPath)" }
        if (-not $File.IsFolder -and $File.Names -gt 1) { 'the file has a second hard link elsewhere' }
    }
    $refused = New-Object -TypeName System.Collections.ArrayList
    # True where it is a folder that was changed.
    $set = {
        param($Path, $List, $ListOfFile)

        $file = & $Open $Path ($List -like 'O:*')
        try {
            $reason = & $reasonAgainst $file $Path
            if (-not $reason) {
                $isFolder = $file.IsFolder
                if ($isFolder -or -not $ListOfFile) { [void] $file.Write($List) } else { [void] $file.Write($ListOfFile) }
                # Once more: it may have come between the look and the change.
                $reason = & $reasonAgainst $file $Path
            }
        } finally {
            [void] $file.Dispose()
        }
        if (-not $reason) { return $isFolder }
        [void] $refused.Add(@{ path = [string] $Path; reason = [string] $reason })
        $false
    }
    foreach ($item in $Given.items) {
        if ($refused.Count -gt 0) { break }
        $isFolder = & $set $item.path $item.sddl ''
        if (-not $isFolder -or -not $item.below) { continue }
        # A folder is read once nobody else can make anything in it.
        $waiting = New-Object -TypeName System.Collections.Queue
        $waiting.Enqueue([string] $item.path)
        while ($waiting.Count -gt 0) {
            foreach ($path in [System.IO.Directory]::GetFileSystemEntries($waiting.Dequeue())) {
                if ($item.keeps -contains [System.IO.Path]::GetFileName($path)) { continue }
                try {
                    if (& $set $path $item.below.folder $item.below.file) { $waiting.Enqueue([string] $path) }
                } catch {
                    # 2, 3: it has gone meanwhile.
                    if ($_.Exception.GetBaseException().NativeErrorCode -notin 2, 3) { throw }
                }
            }
        }
    }
    , $refused.ToArray()
}
