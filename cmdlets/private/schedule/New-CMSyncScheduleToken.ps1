function New-CMSyncScheduleToken {
    # Tokens of the contract as SMS_ScheduleToken, each with the properties of its class in the product's order.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'It makes objects in memory.')]
    [OutputType('IResultObject#SMS_ScheduleToken', 'ConfigMgrSync.ScheduleToken')]
    param(
        [object[]] $InputObject,

        # When each recurs, in words.
        [string[]] $Description
    )

    for ($at = 0; $at -lt @($InputObject).Count; $at++) {
        $item = @($InputObject)[$at]
        $kind = if ($item.IsGMT) { [System.DateTimeKind]::Utc } else { [System.DateTimeKind]::Unspecified }
        $properties = [ordered]@{ PSTypeName = 'ConfigMgrSync.ScheduleToken'; SmsProviderObjectPath = $item.ClassName }
        foreach ($name in @($item.PSObject.Properties | ForEach-Object { $_.Name } | Where-Object { $_ -ne 'ClassName' } | Sort-Object)) {
            $value = $item.$name
            $properties[$name] = switch ($name) {
                'StartTime' { [datetime]::SpecifyKind([datetime] $value, $kind) }
                'IsGMT' { [bool] $value }
                default { [uint32] $value }
            }
        }
        if ($at -lt @($Description).Count) { $properties['Description'] = @($Description)[$at] }
        $result = [pscustomobject] $properties
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_ScheduleToken')
        $result.PSObject.TypeNames.Insert(0, "IResultObject#$($item.ClassName)")
        $result
    }
}
