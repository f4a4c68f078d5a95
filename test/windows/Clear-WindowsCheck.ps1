function Clear-WindowsCheck {
    # Takes away what the checks made: the service, the engines, and the folder without what links in it lead to. Gives why something
    # of it stays: the report is to be written all the same.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only what the checks themselves made; the script has asked.')]
    [OutputType([string])]
    param(
        [string] $Folder,

        [string] $SitePath,

        [string] $NodePath,

        [string] $MainPath
    )

    try {
        $links = (Join-Path -Path $SitePath -ChildPath 'Transfer'), "$Folder\T02\documents\put", "$Folder\volume"
        foreach ($link in $links) {
            if (-not (Test-Path -LiteralPath $link)) { continue }
            $attributes = (Get-Item -LiteralPath $link -Force).Attributes
            # Without its target: rmdir takes a link as it is.
            if (($attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0) { cmd /c rmdir $link }
        }
        if (Test-Path -LiteralPath (Join-Path -Path $SitePath -ChildPath 'service.json')) {
            $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'service', 'uninstall', '--site-path', $SitePath
        }
        foreach ($note in @(Get-ChildItem -Path "$Folder\*\engine.json" -ErrorAction SilentlyContinue)) {
            Stop-CheckEngine -SitePath (Split-Path -Path $note.FullName)
        }
        if (Test-Path -LiteralPath $Folder) { Remove-Item -Recurse -Force -LiteralPath $Folder }
    } catch {
        [string] $_
    }
}
