function Show-CMSyncProgress {
    # The latest progress of a run as a progress bar, at most five times a second.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [hashtable] $State
    )

    $interval = 200
    $latest = $State.Latest
    if ($null -eq $latest) { return }
    if ($null -ne $State.Last -and $State.Clock.ElapsedMilliseconds -lt $interval) { return }
    $State.Latest = $null
    if ($null -ne $State.Caller -and $State.Caller.SessionState.PSVariable.GetValue('ProgressPreference') -eq 'SilentlyContinue') { return }
    $State.Last = $latest
    $State.Clock.Restart()
    $percent = [System.Math]::Max(-1, [System.Math]::Min(100, [int] $latest.PercentComplete))
    $status = if ($latest.Activity) { [string] $latest.Activity } else { [string] $latest.Phase }
    if (-not $status) { $status = [string] $latest.State }
    if ($latest.Total -gt 0) { $status = '{0} ({1} of {2})' -f $status, $latest.Processed, $latest.Total }
    Write-Progress -Activity $State.Activity -Status $status -PercentComplete $percent
}
