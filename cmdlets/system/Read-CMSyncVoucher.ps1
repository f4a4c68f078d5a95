# Owner, writers and text of one opened file: what its name leads to may change in between.
function Read-CMSyncVoucher {
    [CmdletBinding()]
    [OutputType([hashtable])]
    param([Parameter(Mandatory = $true)] $Given)

    $stream = [System.IO.File]::Open($Given.path, 'Open', 'Read', 'Read')
    try {
        $list = $stream.GetAccessControl()
        $text = (New-Object -TypeName System.IO.StreamReader -ArgumentList $stream).ReadToEnd()
    } finally {
        $stream.Dispose()
    }
    $sid = [System.Security.Principal.SecurityIdentifier]
    $change = [System.Security.AccessControl.FileSystemRights] 'WriteData, AppendData, Delete, ChangePermissions, TakeOwnership'
    $writers = @($list.GetAccessRules($true, $true, $sid) |
        Where-Object { $_.AccessControlType -eq 'Allow' -and ($_.FileSystemRights -band $change) } |
        ForEach-Object { $_.IdentityReference.Value })
    @{ owner = $list.GetOwner($sid).Value; writers = $writers; text = $text }
}
