function Get-CMSyncComponentChange {
    # What was changed by hand in Props of a component, as a call of component/set; nothing where nothing was. An entry that no
    # parameter stands for is refused by name.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [psobject] $InputObject,

        $Caller
    )

    $asked = @{ component = $InputObject.ComponentName }
    $current = Invoke-CMSyncMethod -Method 'component/get' -Params $asked -SiteCode $InputObject.SiteCode -Caller $Caller
    if ($null -eq $current) { return }
    $number = { param($name) @{ Name = $name; Of = { param($prop) [int] $prop.Value } } }
    $switch = { param($name) @{ Name = $name; Of = { param($prop) [bool] $prop.Value } } }
    $minutes = { param($name) @{ Name = $name; Of = { param($prop) [int] ($prop.Value / 60) } } }
    $known = @{
        'Call WSUS Cleanup'                    = & $switch 'enableCallWsusCleanupWizard'
        'Call WSUS Delete Obselete Updates'    = & $switch 'enableDeleteObsoleteUpdates'
        'Sync Supersedence Mode For NonFeature' = @{ Name = 'immediatelyExpireSupersedence'; Of = { param($prop) $prop.Value -eq 0 } }
        'Sync Supersedence Mode For Feature'   = @{ Name = 'immediatelyExpireSupersedenceForFeature'; Of = { param($prop) $prop.Value -eq 0 } }
        'Sync Supersedence Age For NonFeature' = & $number 'waitMonth'
        'Sync Supersedence Age For Feature'    = & $number 'waitMonthForFeature'
        'Sync Schedule'                        = @{ Name = 'schedule'; Of = { param($prop) [string] $prop.Value1 } }
        'Full Sync Interval (days)'            = & $number 'fullSyncIntervalDays'
        'Updates Cleanup Age'                  = & $number 'updatesCleanupAgeDays'
        'MaxInstallTime-ServicePack'           = & $minutes 'featureUpdateMaxRuntimeMins'
        'MaxInstallTime-Windows'               = & $minutes 'nonFeatureUpdateMaxRuntimeMins'
        'MaxInstallTime-NonWindows'            = & $minutes 'nonWindowsUpdateMaxRuntimeMins'
    }
    $params = @{}
    foreach ($prop in $InputObject.Props) {
        $before = @($current.Props | Where-Object PropertyName -EQ $prop.PropertyName)[0]
        $isSame = $null -ne $before -and $before.Value -eq $prop.Value -and $before.Value1 -eq $prop.Value1 -and $before.Value2 -eq $prop.Value2
        if ($isSame) { continue }
        $entry = $known[[string] $prop.PropertyName]
        if ($null -eq $entry) {
            $data = @{ reason = "$($prop.PropertyName) cannot be changed in Props: use Set-CMSoftwareUpdatePointComponent" }
            $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $prop.PropertyName))
        }
        $params[$entry.Name] = & $entry.Of $prop
    }
    if ($params.Count -gt 0) { @{ Method = 'component/set'; SiteCode = [string] $InputObject.SiteCode; Params = $params } }
}
