# Gives files and folders an access list, and an owner where the text has one. What they inherit changes with it.
function Write-CMSyncAccess {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] $Given)

    foreach ($item in $Given.items) {
        $sections = [System.Security.AccessControl.AccessControlSections]::Access
        if ($item.sddl -like 'O:*') {
            $sections = $sections -bor [System.Security.AccessControl.AccessControlSections]::Owner
        }
        if ([System.IO.Directory]::Exists($item.path)) {
            $list = New-Object -TypeName System.Security.AccessControl.DirectorySecurity
            $list.SetSecurityDescriptorSddlForm($item.sddl, $sections)
            [System.IO.Directory]::SetAccessControl($item.path, $list)
        } else {
            $list = New-Object -TypeName System.Security.AccessControl.FileSecurity
            $list.SetSecurityDescriptorSddlForm($item.sddl, $sections)
            [System.IO.File]::SetAccessControl($item.path, $list)
        }
    }
}
