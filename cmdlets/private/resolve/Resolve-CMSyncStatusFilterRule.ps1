function Resolve-CMSyncStatusFilterRule {
    # Which status filter rules a command means, as parameters of the engine, and their site. An object that is none is told as an
    # error of its own, and nothing comes back.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    [void] (Resolve-CMSyncWildcard -BoundParameters $BoundParameters -Caller $Caller)
    if ($BoundParameters.ContainsKey('Name')) {
        $params = @{ name = $BoundParameters['Name']; wildcard = [bool] $BoundParameters['ForceWildcardHandling'] }
        return @{ Params = $params; SiteCode = $BoundParameters['SiteCode'] }
    }
    $object = $BoundParameters['InputObject']
    $name = $object.PSObject.Properties['PropertyListName']
    if ($null -ne $name) {
        return @{ Params = @{ name = [string] $name.Value; wildcard = $false }; SiteCode = [string] $object.SiteCode }
    }
    $data = @{ reason = '-InputObject takes rules from Get-CMStatusFilterRule' }
    Write-CMSyncError -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $object -Caller $Caller
}
