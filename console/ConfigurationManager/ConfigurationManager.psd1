@{
    # The name of the product's module for scripts that import it or ask for its version. It is opt-in: docs/hosts.md.
    RootModule           = 'ConfigurationManager.psm1'
    # The module of the product's version 2309, whose commands for software update synchronization ours match.
    ModuleVersion        = '5.2309'
    GUID                 = '0c1d2d0b-8f67-4d5b-9a57-5a1c2f7be9e4'
    Author               = 'The ConfigMgrSync engineers'
    CompanyName          = 'ConfigMgrSync'
    Copyright            = '(c) The ConfigMgrSync engineers. MIT licence.'
    Description          = 'Imports ConfigMgrSync where a script asks for the module of Configuration Manager.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    FunctionsToExport    = @()
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
}
