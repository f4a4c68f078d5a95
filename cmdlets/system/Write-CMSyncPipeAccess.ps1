# Gives pipes of the engine an access list: Windows has one for all servers of a name, and lets who opened it for that set it.
function Write-CMSyncPipeAccess {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] $Given)

    $list = New-Object -TypeName System.IO.Pipes.PipeSecurity
    $list.SetSecurityDescriptorSddlForm($Given.sddl, [System.Security.AccessControl.AccessControlSections]::Access)
    foreach ($name in $Given.pipes) {
        $rights = [System.IO.Pipes.PipeAccessRights] 'ReadWrite, ChangePermissions'
        # Whoever serves it learns who asks and cannot act for him.
        $pipe = New-Object -TypeName System.IO.Pipes.NamedPipeClientStream -ArgumentList '.', ([string] $name), $rights,
        ([System.IO.Pipes.PipeOptions]::None), ([System.Security.Principal.TokenImpersonationLevel]::Identification),
        ([System.IO.HandleInheritability]::None)
        try {
            $pipe.Connect(5000)
            $pipe.SetAccessControl($list)
        } finally {
            $pipe.Dispose()
        }
    }
}
