function Register-CMSyncProvider {
    # The provider CMSite, of which a site drive is made: Set-Location ABC: of the product's scripts. It has no items. It is a class of
    # PowerShell, made when the first site is connected because that costs a fifth of a second.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'A provider of this session; nothing of a site changes.')]
    [OutputType([void])]
    param()

    if ($null -ne (Get-PSProvider -PSProvider 'CMSite' -ErrorAction SilentlyContinue)) { return }
    $text = @'
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
    Import-Module -Assembly (& ([scriptblock]::Create($text))) -ErrorAction Stop
}
