function Register-CMSyncProvider {
    # The provider CMSite, of which a site drive is made: Set-Location ABC: of the product's scripts. The package brings it compiled. In
    # the source tree it is made of a class of PowerShell (a fifth of a second) and, in Windows PowerShell, which loads no provider
    # of such a class, of the source in C#. It belongs to the session, so that drives outlive Import-Module -Force.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'A provider of this session; nothing of a site changes.')]
    [OutputType([System.Management.Automation.ProviderInfo])]
    param(
        [string] $Edition = $PSVersionTable.PSEdition
    )

    # That of the product's module would connect the drive to its own server.
    $other = $null
    foreach ($provider in $ExecutionContext.SessionState.Provider.GetAll()) {
        if ($provider.Name -ne 'CMSite') { continue }
        if ($provider.ImplementingType.FullName -eq 'CMSiteProvider') { return $provider }
        $other = $provider
    }
    if ($null -ne $other) { throw "the module $($other.ModuleName) has a provider of that name" }
    $class = @'
using namespace System.Management.Automation
using namespace System.Management.Automation.Provider
[CmdletProvider('CMSite', [ProviderCapabilities]::None)]
class CMSiteProvider : NavigationCmdletProvider {
    [PSDriveInfo] NewDrive([PSDriveInfo] $drive) {
        if ($drive.Description -eq 'ConfigMgrSync site') { return $drive }
        $connect = 'param($name, $root) $module = Get-Module -Name ConfigMgrSync; if ($null -ne $module) { & $module { ' +
            'Connect-CMSyncDrive -SiteCode $args[0] -Root $args[1] } $name $root }'
        try {
            foreach ($warning in $this.InvokeCommand.InvokeScript($connect, $drive.Name, $drive.Root)) { $this.WriteWarning($warning) }
        } catch [RuntimeException] {
            $this.WriteError($_.Exception.ErrorRecord)
            return $null
        }
        return $drive
    }
    [bool] IsValidPath([string] $path) { return $true }
    [bool] IsItemContainer([string] $path) { return $this.ItemExists($path) }
    [bool] ItemExists([string] $path) {
        $name = $path.Trim('\', '/')
        if ($name -eq '') { return $true }
        foreach ($drive in $this.ProviderInfo.Drives) { if ($name -ceq $drive.Root.Trim('\', '/')) { return $true } }
        return $false
    }
    [void] GetChildItems([string] $path, [bool] $recurse) { }
}
[CMSiteProvider].Assembly
'@
    $folder = [System.IO.Path]::Combine($script:CMSyncModuleRoot, 'cmdlets', 'provider')
    $compiled = [System.IO.Path]::Combine($folder, 'AdminUI.PS.Provider.dll')
    if ([System.IO.File]::Exists($compiled)) {
        Import-Module -Name $compiled -Global -ErrorAction Stop
    } elseif ($Edition -eq 'Desktop') {
        $source = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($folder, 'CMSiteProvider.cs'))
        Import-Module -Assembly (Add-Type -TypeDefinition $source -PassThru -ErrorAction Stop).Assembly -Global -ErrorAction Stop
    } else {
        Import-Module -Assembly (& ([scriptblock]::Create($class))) -Global -ErrorAction Stop
    }
    $ExecutionContext.SessionState.Provider.GetOne('CMSite')
}
