function Resolve-CMSyncMaintenanceTask {
    # Which maintenance tasks a command means, as parameters of the engine, their site, and what of the command has no effect. An object
    # that is none is told as an error of its own, and nothing comes back.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    $wildcard = Resolve-CMSyncWildcard -BoundParameters $BoundParameters -Caller $Caller
    $idle = @(
        'FixedRun', 'RunIntervalMins', 'RunNow', 'BeginTime', 'DaysOfWeek', 'DeviceName', 'EnableAlert', 'LatestBeginTime'
        'SiteBackupPath', 'SqlBackupPath'
    )
    $warnings = foreach ($name in $idle) {
        if ($BoundParameters.ContainsKey($name)) { "-$name has no effect: old rows are removed once a day." }
    }
    $task = @{ SiteCode = $BoundParameters['SiteCode']; Warnings = @($warnings) }
    foreach ($name in 'Name', 'MaintenanceTask', 'SummaryTask') {
        if ($BoundParameters.ContainsKey($name)) {
            return $task + @{ Params = @{ name = [string] $BoundParameters[$name]; wildcard = $wildcard -and $name -eq 'Name' } }
        }
    }
    $object = $BoundParameters['InputObject']
    $itemName = $object.PSObject.Properties['ItemName']
    if ($null -ne $itemName) {
        $task['SiteCode'] = [string] $object.SiteCode
        return $task + @{ Params = @{ name = [string] $itemName.Value; wildcard = $false } }
    }
    $data = @{ reason = '-InputObject takes tasks from Get-CMSiteMaintenanceTask' }
    Write-CMSyncError -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $object -Caller $Caller
}
