function Resolve-CMSyncWildcard {
    # Whether * and ? in names stand for other characters. The two switches of every command exclude each other.
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        $BoundParameters,

        $Caller
    )

    Assert-CMSyncLanguageMode
    $disable = [bool] $BoundParameters['DisableWildcardHandling']
    if ($disable -and [bool] $BoundParameters['ForceWildcardHandling']) {
        $data = @{ reason = '-DisableWildcardHandling and -ForceWildcardHandling cannot be combined' }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
    }
    -not $disable
}
