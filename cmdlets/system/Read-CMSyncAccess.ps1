# Owner and access list of files and folders, in SIDs and numbers, and whether each is a reparse point; and the account
# of this process with its groups.
function Read-CMSyncAccess {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory = $true)] $Given)

    $sid = [System.Security.Principal.SecurityIdentifier]
    $inheritOnly = [System.Security.AccessControl.PropagationFlags]::InheritOnly
    $describe = {
        param($Rule)

        @{
            sid = $Rule.IdentityReference.Value
            rights = [long] $Rule.FileSystemRights
            isAllowed = $Rule.AccessControlType -eq 'Allow'
            isInherited = $Rule.IsInherited
            # What counts for children only says nothing of this one.
            isForChildrenOnly = ($Rule.PropagationFlags -band $inheritOnly) -ne 0
        }
    }
    $found = foreach ($path in $Given.paths) {
        $item = @{ path = [string] $path }
        try {
            $attributes = [System.IO.File]::GetAttributes($path)
            $item['isFolder'] = ($attributes -band [System.IO.FileAttributes]::Directory) -ne 0
            $item['isReparsePoint'] = ($attributes -band [System.IO.FileAttributes]::ReparsePoint) -ne 0
            if ($item['isFolder']) {
                $list = [System.IO.Directory]::GetAccessControl($path)
            } else {
                $list = [System.IO.File]::GetAccessControl($path)
            }
            # Once more: a link that was there for a moment would show the list of something else.
            $again = [System.IO.File]::GetAttributes($path)
            if (($again -band [System.IO.FileAttributes]::ReparsePoint) -ne 0) { $item['isReparsePoint'] = $true }
            $item['owner'] = $list.GetOwner($sid).Value
            $item['isProtected'] = $list.AreAccessRulesProtected
            $item['entries'] = @($list.GetAccessRules($true, $true, $sid) | ForEach-Object { & $describe $_ })
        } catch [System.IO.FileNotFoundException], [System.IO.DirectoryNotFoundException] {
            $item['isMissing'] = $true
        } catch {
            $item['reason'] = [string] $_.Exception.GetBaseException().Message
        }
        $item
    }
    $me = [System.Security.Principal.WindowsIdentity]::GetCurrent()
    @{ own = $me.User.Value; groups = @($me.Groups | ForEach-Object { $_.Value }); items = @($found) }
}
