function Resolve-CMSyncAlertTarget {
    # Which alerts a command means, by id or name, as parameters of the engine. An object that is none is told as an error of its own,
    # and nothing comes back.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    [void] (Resolve-CMSyncWildcard -BoundParameters $BoundParameters -Caller $Caller)
    if ($BoundParameters.ContainsKey('Name')) {
        return @{ name = $BoundParameters['Name']; wildcard = [bool] $BoundParameters['ForceWildcardHandling'] }
    }
    $given = if ($BoundParameters.ContainsKey('Id')) { $BoundParameters['Id'] } else { $BoundParameters['InputObject'] }
    $number = Resolve-CMSyncAlertId -InputObject $given -Caller $Caller
    if ($null -ne $number) { @{ id = $number } }
}
