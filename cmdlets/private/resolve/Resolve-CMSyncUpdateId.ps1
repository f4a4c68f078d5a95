function Resolve-CMSyncUpdateId {
    # The CI_ID of a software update: of a text, or of an object that has one, fresh or from a file (Deserialized.*).
    [CmdletBinding()]
    [OutputType([uint32])]
    param(
        $InputObject,

        $Caller
    )

    $property = if ($InputObject -isnot [string]) { $InputObject.PSObject.Properties['CI_ID'] }
    $text = if ($null -ne $property) { [string] $property.Value } elseif ($InputObject -is [string]) { $InputObject.Trim() }
    $number = [uint32] 0
    if ([uint32]::TryParse($text, [ref] $number)) { return $number }
    if ($InputObject -is [string]) {
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'UpdateNotFound' -Data @{ id = $InputObject } -TargetObject $InputObject))
    }
    $data = @{ reason = '-InputObject takes software updates from Get-CMSoftwareUpdate' }
    $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $InputObject))
}
