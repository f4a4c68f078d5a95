function Resolve-CMSyncAlertId {
    # The ID of an alert: of a text, or of an object that has one, fresh or from a file (Deserialized.*).
    [CmdletBinding()]
    [OutputType([uint32])]
    param(
        $InputObject,

        $Caller
    )

    $property = if ($InputObject -isnot [string]) { $InputObject.PSObject.Properties['ID'] }
    $text = if ($null -ne $property) { [string] $property.Value } elseif ($InputObject -is [string]) { $InputObject.Trim() }
    $number = [uint32] 0
    if ([uint32]::TryParse($text, [ref] $number)) { return $number }
    if ($InputObject -is [string]) {
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'AlertNotFound' -Data @{ alert = $InputObject } -TargetObject $InputObject))
    }
    $data = @{ reason = '-InputObject takes alerts from Get-CMAlert' }
    $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $InputObject))
}
