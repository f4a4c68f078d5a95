// The provider CMSite: drives of sites, which have no items. Compiled by `npm run package` as AdminUI.PS.Provider.dll, the name that
// the product's provider is qualified with; by Add-Type in Windows PowerShell where there is none, so it is C# 5.
using System.Management.Automation;
using System.Management.Automation.Provider;

[CmdletProvider("CMSite", ProviderCapabilities.None)]
public class CMSiteProvider : NavigationCmdletProvider
{
    // Drives that the module makes itself have this description: their sites are known.
    private const string Known = "ConfigMgrSync site";

    private const string Connect =
        "param($name, $root) $module = Get-Module -Name ConfigMgrSync; if ($null -ne $module) { & $module { " +
        "Connect-CMSyncDrive -SiteCode $args[0] -Root $args[1] } $name $root }";

    protected override PSDriveInfo NewDrive(PSDriveInfo drive)
    {
        if (drive.Description == Known) return drive;
        try
        {
            foreach (PSObject warning in InvokeCommand.InvokeScript(Connect, drive.Name, drive.Root))
            {
                if (warning != null) WriteWarning(warning.ToString());
            }
        }
        catch (RuntimeException problem)
        {
            WriteError(problem.ErrorRecord);
            return null;
        }
        return drive;
    }

    protected override bool IsValidPath(string path)
    {
        return true;
    }

    protected override bool IsItemContainer(string path)
    {
        return ItemExists(path);
    }

    protected override bool ItemExists(string path)
    {
        string name = path.Trim('\\', '/');
        if (name.Length == 0) return true;
        foreach (PSDriveInfo drive in ProviderInfo.Drives)
        {
            if (name == drive.Root.Trim('\\', '/')) return true;
        }
        return false;
    }

    protected override void GetChildItems(string path, bool recurse)
    {
    }
}
