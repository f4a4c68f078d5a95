function Resolve-CMSyncSubscription {
    # Which subscription is meant, by -Id, -Name or -InputObject: the parameters of the contract that name it, and its label. An object
    # that has no ID is told as an error of its own, and nothing comes back.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        [bool] $Wildcard,

        $Caller
    )

    if ($BoundParameters.ContainsKey('Name')) {
        return @{ label = $BoundParameters['Name']; params = @{ name = $BoundParameters['Name']; wildcard = $Wildcard } }
    }
    if ($BoundParameters.ContainsKey('Id')) {
        return @{ label = $BoundParameters['Id']; params = @{ id = $BoundParameters['Id']; wildcard = $Wildcard } }
    }
    $object = $BoundParameters['InputObject']
    $property = $object.PSObject.Properties['ID']
    if ($null -ne $property) { return @{ label = [string] $property.Value; params = @{ id = [string] $property.Value } } }
    $data = @{ reason = '-InputObject takes subscriptions from Get-CMAlertSubscription' }
    Write-CMSyncError -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $object -Caller $Caller
}
