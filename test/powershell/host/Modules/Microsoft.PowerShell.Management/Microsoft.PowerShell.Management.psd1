# Test support: the part of Microsoft.PowerShell.Management that tests use, found by the engine's own module loader as in pwsh.
@{
    GUID = 'EEFCB906-B326-4E99-9F54-8B4BB6EF3C6D'
    Author = 'ConfigMgrSync contributors'
    ModuleVersion = '7.0.0.0'
    CompatiblePSEditions = @('Core')
    PowerShellVersion = '3.0'
    NestedModules = @('../../pwsh.dll')
    FunctionsToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'Add-Content', 'Clear-Content', 'Convert-Path', 'Copy-Item', 'Get-ChildItem', 'Get-Content', 'Get-Item',
        'Get-ItemProperty', 'Get-Location', 'Get-PSDrive', 'Get-PSProvider', 'Get-Process', 'Join-Path', 'Move-Item',
        'New-Item', 'New-PSDrive', 'Pop-Location', 'Push-Location', 'Remove-Item', 'Remove-PSDrive', 'Rename-Item',
        'Resolve-Path', 'Set-Content', 'Set-Location', 'Split-Path', 'Start-Process', 'Stop-Process', 'Test-Path',
        'Wait-Process'
    )
}
