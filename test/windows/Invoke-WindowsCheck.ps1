<#
.SYNOPSIS
    Tries on a real Windows what was never tried there, and says what was expected, what came and what to send.
.DESCRIPTION
    Runs in Windows PowerShell 5.1 and PowerShell 7, elevated or not: run it in both kinds of session. What it makes lies in
    one folder and in the task \ConfigMgrSync\T01, and is taken away at the end. -WhatIf shows the list and does nothing.
.PARAMETER Report
    The file that the results are written to, as JSON: the one to send.
.PARAMETER KeepFolder
    Leaves the folder of the checks for a look.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string] $Report = (Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath 'ConfigMgrSync-windows.json'),

    [switch] $KeepFolder
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$parts = 'Get-WindowsCheck', 'Get-WindowsAccountCheck', 'Get-WindowsAccessCheck', 'Get-WindowsFileCheck', 'Select-WindowsCheck', 'Measure-WindowsCheck', 'Clear-WindowsCheck'
$parts += 'Stop-CheckEngine', 'Start-CheckOperator', 'Start-FailingRun', 'Invoke-CheckProgram'
$parts += 'Invoke-SystemScript', 'Invoke-AccountScript', 'Invoke-PlainScript', 'Write-CheckScript', 'Read-CheckResult', 'Read-ListText', 'Get-AccountRight'
foreach ($name in $parts) {
    . (Join-Path -Path $PSScriptRoot -ChildPath "$name.ps1")
}

$root = Split-Path -Path (Split-Path -Path $PSScriptRoot)
$checks = @(Get-WindowsCheck)
if ($WhatIfPreference) {
    foreach ($check in $checks) { "{0,2}  {1,-8}  {2}: {3}" -f $check.Id, $check.Session, $check.Title, $check.Expected }
    return
}
if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') { throw 'The checks need Windows; -WhatIf shows them anywhere.' }
if (-not $PSCmdlet.ShouldProcess('this machine', "Run $($checks.Count) checks, which make a site and a task and remove them")) { return }

$me = [System.Security.Principal.WindowsPrincipal] [System.Security.Principal.WindowsIdentity]::GetCurrent()
$isElevated = $me.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
$Folder = Join-Path -Path $env:SystemDrive -ChildPath "\CMSyncCheck-$PID"
$SitePath = Join-Path -Path $Folder -ChildPath 'T01'
$MainPath = [System.IO.Path]::Combine($root, 'dist', 'server', 'main.js')
$ModulePath = Join-Path -Path $root -ChildPath 'ConfigMgrSync.psd1'
$SystemPath = [System.IO.Path]::Combine($root, 'cmdlets', 'system')
Import-Module -Name $ModulePath
$NodePath = & (Get-Module -Name ConfigMgrSync) { param($Caller) Find-CMSyncNode -Caller $Caller } $PSCmdlet

$results = New-Object -TypeName System.Collections.ArrayList
try {
    if ($isElevated) {
        $null = New-Item -ItemType Directory -Path $Folder
        # A folder of a drive can be renamed by everybody, and a site below such a one is refused.
        $icacls = Join-Path -Path $env:SystemRoot -ChildPath 'System32\icacls.exe'
        $null = & $icacls $Folder '/setowner' '*S-1-5-32-544'
        $null = & $icacls $Folder '/inheritance:r' '/grant' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' '*S-1-5-11:(RX,WD,AD)' '*S-1-5-11:(OI)(CI)(IO)M'
    }
    foreach ($check in $checks) {
        $passed = @($results | Where-Object { $_.Result -eq 'AsExpected' } | ForEach-Object { $_.Id })
        $reason = Select-WindowsCheck -Check $check -IsElevated $isElevated -Passed $passed
        if ($reason) {
            $result = [pscustomobject]@{ Id = $check.Id; Title = $check.Title; Result = 'NotRun'; Expected = $check.Expected; Came = $reason }
        } else {
            $result = Measure-WindowsCheck -Check $check
        }
        [void] $results.Add($result)
        $result
    }
} finally {
    $left = ''
    if ($isElevated -and -not $KeepFolder) {
        $left = "$(Clear-WindowsCheck -Folder $Folder -SitePath $SitePath -NodePath $NodePath -MainPath $MainPath)"
    }
    if ($left) { "Not all was taken away from $($Folder): $left" }
    $said = @{
        left       = $left
        version    = [string] (Get-Module -Name ConfigMgrSync).Version
        powershell = [string] $PSVersionTable.PSVersion
        windows    = [string] [System.Environment]::OSVersion.Version
        culture    = (Get-Culture).Name
        elevated   = $isElevated
        results    = @($results)
    }
    ConvertTo-Json -InputObject $said -Depth 4 | Set-Content -LiteralPath $Report -Encoding UTF8
    "Send $Report to the makers. $(@($results | Where-Object { $_.Result -eq 'Different' }).Count) checks came out differently."
}
