function Get-CMSyncComponentChange {
    # What was changed by hand in Props of a component, as a call of component/set; nothing where nothing was. An entry that no
    # parameter stands for is refused by name; one that has no effect here is told.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [psobject] $InputObject,

        $Caller
    )

    $asked = @{ component = $InputObject.ComponentName }
    $current = Invoke-CMSyncMethod -Method 'component/get' -Params $asked -SiteCode $InputObject.SiteCode -Caller $Caller
    if ($null -eq $current) { return }
    $known = Get-CMSyncComponentProperty
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
        $made = & $entry $prop $before
        if ($null -eq $made) { $Caller.WriteWarning("$($prop.PropertyName) has no effect yet: it was not changed."); continue }
        foreach ($name in $made.Keys) { $params[$name] = $made[$name] }
    }
    if ($params.Count -gt 0) { @{ Method = 'component/set'; SiteCode = [string] $InputObject.SiteCode; Params = $params } }
}
