function Register-CMSyncProvider {
    # The provider CMSite, of which a site drive is made: Set-Location ABC: of the product's scripts. It has no items. It is made when
    # the first site is connected, because that costs time: in PowerShell 7 as a class of PowerShell (a fifth of a second), in Windows
    # PowerShell, which loads no provider of such a class, as the same class in C#.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'A provider of this session; nothing of a site changes.')]
    [OutputType([void])]
    param(
        [string] $Edition = $PSVersionTable.PSEdition
    )

    # That of the product's module would connect the drive to its own server.
    $other = @(Get-PSProvider -PSProvider 'CMSite' -ErrorAction SilentlyContinue)
    if (@($other | Where-Object -FilterScript { $_.ImplementingType.FullName -eq 'CMSiteProvider' }).Count -gt 0) { return }
    if ($other.Count -gt 0) { throw "the module $($other[0].ModuleName) has a provider of that name" }
    $class = @'
using namespace System.Management.Automation
using namespace System.Management.Automation.Provider
[CmdletProvider('CMSite', [ProviderCapabilities]::None)]
class CMSiteProvider : NavigationCmdletProvider {
    [PSDriveInfo] NewDrive([PSDriveInfo] $drive) { return $drive }
    [bool] IsValidPath([string] $path) { return $true }
    [bool] IsItemContainer([string] $path) { return $this.ItemExists($path) }
    [bool] ItemExists([string] $path) {
        $name = $path.Trim('\', '/')
        return $name -eq '' -or ($null -ne $this.PSDriveInfo -and $name -eq $this.PSDriveInfo.Root.Trim('\', '/'))
    }
    [void] GetChildItems([string] $path, [bool] $recurse) { }
}
[CMSiteProvider].Assembly
'@
    # The compiler of Windows PowerShell knows C# 5.
    $source = @'
using System.Management.Automation;
using System.Management.Automation.Provider;
[CmdletProvider("CMSite", ProviderCapabilities.None)]
public class CMSiteProvider : NavigationCmdletProvider {
    protected override PSDriveInfo NewDrive(PSDriveInfo drive) { return drive; }
    protected override bool IsValidPath(string path) { return true; }
    protected override bool IsItemContainer(string path) { return ItemExists(path); }
    protected override bool ItemExists(string path) {
        string name = path.Trim('\\', '/');
        return name.Length == 0 || (PSDriveInfo != null && name == PSDriveInfo.Root.Trim('\\', '/'));
    }
    protected override void GetChildItems(string path, bool recurse) { }
}
'@
    if ($Edition -eq 'Desktop') {
        $assembly = (Add-Type -TypeDefinition $source -PassThru -ErrorAction Stop).Assembly
    } else {
        $assembly = & ([scriptblock]::Create($class))
    }
    Import-Module -Assembly $assembly -ErrorAction Stop
}
