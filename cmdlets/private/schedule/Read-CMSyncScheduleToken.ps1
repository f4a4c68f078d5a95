function Read-CMSyncScheduleToken {
    # The properties of a schedule token as the contract names them: of a token of ours or of the product, of one that came
    # through CliXml or CSV, of a hashtable. What class it is the type names or SmsProviderObjectPath tell, else the engine.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $InputObject
    )

    $item = if ($InputObject -is [System.Collections.IDictionary]) { [pscustomobject] $InputObject } else { $InputObject }
    $result = @{}
    $known = @('DayDuration', 'HourDuration', 'MinuteDuration', 'DaySpan', 'HourSpan', 'MinuteSpan', 'Day', 'ForNumberOfWeeks',
        'ForNumberOfMonths', 'WeekOrder', 'Offset', 'MonthDay')
    foreach ($name in $known) {
        $property = $item.PSObject.Properties[$name]
        if ($null -eq $property -or $null -eq $property.Value) { continue }
        $number = $property.Value -as [int]
        $result[$name] = if ($null -eq $number) { [string] $property.Value } else { $number }
    }
    $utc = $item.PSObject.Properties['IsGMT']
    $result['IsGMT'] = $null -ne $utc -and [string] $utc.Value -eq 'True'
    $start = $item.PSObject.Properties['StartTime']
    if ($null -ne $start -and $null -ne $start.Value) { $result['StartTime'] = Get-CMSyncWallTime -InputObject $start.Value -Utc:$result['IsGMT'] }
    $path = $item.PSObject.Properties['SmsProviderObjectPath']
    $className = @(@($item.PSObject.TypeNames) + $(if ($null -ne $path) { $path.Value }) | Where-Object { $_ -match 'SMS_ST_\w+' } |
            ForEach-Object { [regex]::Match($_, 'SMS_ST_\w+').Value })
    if ($className) { $result['ClassName'] = $className[0] }
    $result
}
