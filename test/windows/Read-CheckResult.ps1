function Read-CheckResult {
    # What a script of Write-CheckScript said, as soon as it has ended.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Folder,

        [int] $TimeoutSeconds = 90
    )

    $result = Join-Path -Path $Folder -ChildPath 'result.txt'
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (Test-Path -LiteralPath $result)) {
        if ($watch.Elapsed.TotalSeconds -gt $TimeoutSeconds) { return "the script said nothing within $TimeoutSeconds s" }
        Start-Sleep -Milliseconds 200
    }
    ([string] (Get-Content -LiteralPath $result -Raw)).Trim()
}
