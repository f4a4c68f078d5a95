# The SID and the full name of each account that is named, by name or by SID; the reason where there is none.
function Resolve-CMSyncAccount {
    [CmdletBinding()]
    [OutputType([object[]])]
    param([Parameter(Mandatory = $true)] $Given)

    $sidType = [System.Security.Principal.SecurityIdentifier]
    $found = foreach ($name in $Given.accounts) {
        try {
            if ($name -match '^S-1-[\d-]+$') {
                $sid = New-Object -TypeName System.Security.Principal.SecurityIdentifier -ArgumentList $name
            } else {
                # A dot stands for this machine, but only in dialogs.
                $local = $name -replace '^\.\\', "$env:COMPUTERNAME\"
                $account = New-Object -TypeName System.Security.Principal.NTAccount -ArgumentList $local
                $sid = $account.Translate($sidType)
            }
            @{ sid = $sid.Value; name = $sid.Translate([System.Security.Principal.NTAccount]).Value }
        } catch {
            @{ reason = [string] $_.Exception.GetBaseException().Message }
        }
    }
    , @($found)
}
