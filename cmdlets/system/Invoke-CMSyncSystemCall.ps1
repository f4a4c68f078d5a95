<#
.SYNOPSIS
    Runs one function of this folder for the engine.
.DESCRIPTION
    Reads what the function is given as JSON from standard input and writes one line of JSON: { "value": ... } or
    { "error": "..." }. The line is ASCII, so that no code page can change it.
.PARAMETER Function
    The name of the function, which is the name of its file.
#>
param(
    [Parameter(Mandatory = $true)]
    [ValidateSet('Convert-CMSyncSecret', 'Invoke-CMSyncEngineStart', 'Invoke-CMSyncTask', 'Read-CMSyncAccess', 'Read-CMSyncVoucher',
        'Resolve-CMSyncAccount', 'Write-CMSyncAccess', 'Write-CMSyncEvent', 'Write-CMSyncPipeAccess')]
    [string] $Function
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'

# Where AppLocker or App Control restricts a script nothing below would work: said with what works in that mode.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    '{ "error": "PowerShell restricts the scripts of ConfigMgrSync here (AppLocker or App Control): use the signed package and allow its publisher" }'
    exit 1
}

$answer = @{}
try {
    $given = [Console]::In.ReadToEnd().TrimStart([char] 0xFEFF) | ConvertFrom-Json
    . (Join-Path -Path $PSScriptRoot -ChildPath "$Function.ps1")
    $answer['value'] = & $Function $given
} catch {
    $cause = $_.Exception
    while ($null -ne $cause.InnerException) { $cause = $cause.InnerException }
    $answer['error'] = ([string] $cause.Message).Trim()
}
$line = ConvertTo-Json -InputObject $answer -Compress -Depth 6
$escape = { '\u{0:x4}' -f [int] [char] $args[0].Value }
[Console]::Out.Write([regex]::Replace($line, '[^\x20-\x7e]', $escape))
if ($answer.ContainsKey('error')) { exit 1 }
