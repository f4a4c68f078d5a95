# Test support: the part of Microsoft.PowerShell.Security that tests use, found by the engine's own module loader as in pwsh.
@{
    GUID = 'A94C8C7E-9810-47C0-B8AF-65089C13A35A'
    Author = 'ConfigMgrSync contributors'
    ModuleVersion = '7.0.0.0'
    CompatiblePSEditions = @('Core')
    PowerShellVersion = '3.0'
    NestedModules = @('../../pwsh.dll')
    FunctionsToExport = @()
    AliasesToExport = @()
    CmdletsToExport = @(
        'ConvertFrom-SecureString', 'ConvertTo-SecureString', 'Get-ExecutionPolicy', 'Set-ExecutionPolicy'
    )
}
