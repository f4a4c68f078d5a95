function ConvertTo-CMSyncParameter {
    # Bound parameters as parameters of a method: the first letter small, a list stays a list, dates as the contract writes them.
    # Only the names in -Name are taken.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        [string[]] $Name
    )

    Assert-CMSyncLanguageMode
    $result = @{}
    foreach ($key in $Name) {
        if (-not $BoundParameters.ContainsKey($key)) { continue }
        $value = $BoundParameters[$key]
        if ($value -is [System.Management.Automation.SwitchParameter]) { $value = [bool] $value }
        if ($value -is [datetime]) { $value = ConvertTo-CMSyncTime -InputObject $value }
        if ($value -is [uri]) { $value = $value.OriginalString }
        $result[$key.Substring(0, 1).ToLowerInvariant() + $key.Substring(1)] = $value
    }
    $result
}
