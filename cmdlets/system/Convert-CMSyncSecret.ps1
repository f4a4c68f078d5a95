# Seals or opens a secret with DPAPI. The scope is the machine: SYSTEM could not open what a user sealed for himself.
function Convert-CMSyncSecret {
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory = $true)] $Given)

    Add-Type -AssemblyName System.Security
    $value = [Convert]::FromBase64String($Given.value)
    $binding = [Convert]::FromBase64String($Given.binding)
    $scope = [System.Security.Cryptography.DataProtectionScope]::LocalMachine
    if ($Given.action -eq 'seal') {
        $result = [System.Security.Cryptography.ProtectedData]::Protect($value, $binding, $scope)
    } else {
        $result = [System.Security.Cryptography.ProtectedData]::Unprotect($value, $binding, $scope)
    }
    [Convert]::ToBase64String($result)
}
