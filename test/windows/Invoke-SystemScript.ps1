function Invoke-SystemScript {
    # Runs a function of cmdlets\system as the engine does, and gives its answer.
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [string] $Name,

        [hashtable] $Given
    )

    $root = Split-Path -Path (Split-Path -Path $PSScriptRoot)
    $entry = [System.IO.Path]::Combine($root, 'cmdlets', 'system', 'Invoke-CMSyncSystemCall.ps1')
    $program = Join-Path -Path $env:SystemRoot -ChildPath 'System32\WindowsPowerShell\v1.0\powershell.exe'
    $json = ConvertTo-Json -InputObject $Given -Compress
    $said = $json | & $program -NoLogo -NoProfile -NonInteractive -OutputFormat Text -ExecutionPolicy Bypass -File $entry $Name
    [string] $said | ConvertFrom-Json
}
