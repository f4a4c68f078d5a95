function Start-CheckOperator {
    # A program that serves the pipe that the note of a site names, and proves itself with the secret of the site; gives its process
    # once it serves. What it was asked goes into the file.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only a program of the checks themselves; the script has asked.')]
    [OutputType([System.Diagnostics.Process])]
    param(
        [string] $SitePath,

        [string] $NodePath,

        [string] $SaidPath
    )

    $script = Join-Path -Path $PSScriptRoot -ChildPath 'operatorPipe.cjs'
    $how = @{ FilePath = $NodePath; ArgumentList = "`"$script`"", "`"$SitePath`""; RedirectStandardOutput = $SaidPath; PassThru = $true }
    # PowerShell has windows on Windows alone.
    if ([System.Environment]::OSVersion.Platform -eq 'Win32NT') { $how['WindowStyle'] = 'Hidden' }
    $operator = Start-Process @how
    for ($look = 0; $look -lt 50 -and -not (Get-Content -LiteralPath $SaidPath); $look++) { Start-Sleep -Milliseconds 200 }
    $operator
}
