function Resolve-CMSyncSourceRoot {
    # The root certificates that the parameters of Set-CMSoftwareUpdatePointComponent mean, as a parameter of component/set: none
    # where they are left as they are. Nothing comes back where the file is of no use, which was told.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    if ($BoundParameters['UseLocalMachineRoot']) {
        if ($BoundParameters['SourceCABundle']) {
            $data = @{ reason = '-SourceCABundle and -UseLocalMachineRoot cannot be combined' }
            $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
        }
        return @{ sourceCABundle = Get-CMSyncLocalMachineRoot -Caller $Caller }
    }
    if (-not $BoundParameters.ContainsKey('SourceCABundle')) { return @{} }
    $text = Get-CMSyncCABundleText -Path $BoundParameters['SourceCABundle'] -Caller $Caller
    if ($null -ne $text) { @{ sourceCABundle = $text } }
}
