function Resolve-CMSyncUpdateId {
    # The CI_ID of a software update: of a text, or of an object that has one, fresh or from a file (Deserialized.*). One that has none is
    # told as an error of its own, and nothing comes back.
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
        return Write-CMSyncError -ErrorId 'UpdateNotFound' -Data @{ id = $InputObject } -TargetObject $InputObject -Caller $Caller
    }
    $data = @{ reason = '-InputObject takes software updates from Get-CMSoftwareUpdate' }
    Write-CMSyncError -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $InputObject -Caller $Caller
}
