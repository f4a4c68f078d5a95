function Stop-CheckEngine {
    # Ends the engine that the note of a site names, as a crash would, and waits until it is gone.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only engines of the checks themselves; the script has asked.')]
    param(
        [string] $SitePath
    )

    $note = Join-Path -Path $SitePath -ChildPath 'engine.json'
    if (-not (Test-Path -LiteralPath $note)) { return }
    $engine = (Get-Content -LiteralPath $note -Raw | ConvertFrom-Json).processId
    Stop-Process -Id $engine -Force -ErrorAction SilentlyContinue
    Wait-Process -Id $engine -ErrorAction SilentlyContinue
}
