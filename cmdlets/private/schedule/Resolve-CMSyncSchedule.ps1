function Resolve-CMSyncSchedule {
    # The schedule that the parameters of Set-CMSoftwareUpdatePointComponent mean, as a parameter of component/set: one string of
    # all tokens, '' to switch the schedule off, none where it is left as it is. Nothing comes back where a token is not valid, which was told.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    $result = @{}
    $items = @(foreach ($item in $BoundParameters['Schedule']) { $item })
    if ($BoundParameters.ContainsKey('Schedule')) {
        $strings = foreach ($item in $items) {
            if ($item -is [string]) {
                $item
            } else {
                $tokens = @(Read-CMSyncScheduleToken -InputObject $item)
                $answer = Invoke-CMSyncMethod -Method 'schedule/encode' -Params @{ tokens = $tokens } -Caller $Caller
                if ($null -eq $answer) { return }
                $answer.scheduleString
            }
        }
        $result['schedule'] = -join $strings
    }
    if ($BoundParameters.ContainsKey('EnableSynchronization')) {
        $Caller.WriteWarning('-EnableSynchronization is deprecated. Give -Schedule to synchronize on a schedule, ' +
            '-Schedule $null to synchronize only on request.')
        if (-not $BoundParameters['EnableSynchronization']) {
            if ($result['schedule']) {
                $data = @{ reason = '-EnableSynchronization $false and a schedule cannot be combined' }
                $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
            }
            $result['schedule'] = ''
        }
    }
    $result
}
