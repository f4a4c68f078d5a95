# Test support: the part of Microsoft.PowerShell.Utility that tests use, found by the engine's own module loader as in pwsh.
@{
    GUID = '1DA87E53-152B-403E-98DC-74D7B4D63D59'
    Author = 'ConfigMgrSync contributors'
    ModuleVersion = '7.0.0.0'
    CompatiblePSEditions = @('Core')
    PowerShellVersion = '3.0'
    NestedModules = @('../../pwsh.dll')
    FunctionsToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'Add-Member', 'Add-Type', 'Clear-Variable', 'Compare-Object', 'ConvertFrom-Json', 'ConvertFrom-StringData',
        'ConvertTo-Csv', 'ConvertTo-Json', 'Export-Clixml', 'Format-Custom', 'Format-List', 'Format-Table',
        'Format-Wide', 'Get-Alias', 'Get-Culture', 'Get-Date', 'Get-Host', 'Get-Member', 'Get-PSCallStack',
        'Get-Random', 'Get-TypeData', 'Get-UICulture', 'Get-Variable', 'Group-Object', 'Import-Clixml',
        'Import-LocalizedData', 'Import-PowerShellDataFile', 'Invoke-Expression', 'Measure-Command', 'Measure-Object',
        'New-Alias', 'New-Guid', 'New-Object', 'New-TimeSpan', 'New-Variable', 'Out-File', 'Out-String', 'Read-Host',
        'Register-EngineEvent', 'Register-ObjectEvent', 'Remove-Alias', 'Remove-TypeData', 'Remove-Variable',
        'Select-Object', 'Select-String', 'Set-Alias', 'Set-Variable', 'Sort-Object', 'Start-Sleep', 'Tee-Object',
        'Unblock-File', 'Unregister-Event', 'Update-FormatData', 'Update-TypeData', 'Write-Debug', 'Write-Error',
        'Write-Host', 'Write-Information', 'Write-Output', 'Write-Progress', 'Write-Verbose', 'Write-Warning'
    )
}
