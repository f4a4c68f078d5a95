function ConvertTo-CMSyncObject {
    # Objects of the contract as those that the commands give: names, order and types of a kind in ConfigMgrSync.Objects.psd1.
    # A loop for each type, not a call for each value, which would cost more than the rest.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [string] $Kind,

        [object[]] $InputObject
    )

    $shape = if ($null -ne $script:CMSyncObjectKind) { $script:CMSyncObjectKind[$Kind] }
    if ($null -eq $shape) { $shape = Get-CMSyncObjectKind -Kind $Kind }
    $of = $shape['Of']
    foreach ($item in $InputObject) {
        $values = [ordered]@{}
        foreach ($name in $shape['Names']) { $values[$name] = $null }
        foreach ($property in $item.PSObject.Properties) {
            if ($values.Contains($property.Name)) { $values[$property.Name] = $property.Value }
        }
        foreach ($name in $of['uint32']) { $values[$name] = [uint32] $values[$name] }
        foreach ($name in $of['int']) { $values[$name] = [int] $values[$name] }
        foreach ($name in $of['long']) { $values[$name] = [long] $values[$name] }
        foreach ($name in $of['double']) { $values[$name] = [double] $values[$name] }
        foreach ($name in $of['bool']) { $values[$name] = [bool] $values[$name] }
        foreach ($name in $of['uint32?']) { if ($null -ne $values[$name]) { $values[$name] = [uint32] $values[$name] } }
        foreach ($name in $of['datetime']) {
            if ($null -ne $values[$name]) { $values[$name] = ([datetime] $values[$name]).ToLocalTime() }
        }
        foreach ($name in $of['string[]']) {
            $values[$name] = ConvertTo-CMSyncTextList -InputObject @(foreach ($one in $values[$name]) { $one })
        }
        foreach ($name in $of['uint32[]']) { $values[$name] = [uint32[]] @(foreach ($one in $values[$name]) { $one }) }
        foreach ($name in $of['object[]']) { $values[$name] = [object[]] $values[$name] }
        foreach ($name in $of['kind']) {
            if ($values[$name]) { $values[$name] = ConvertTo-CMSyncObject -Kind $shape['Kinds'][$name] -InputObject $values[$name] }
        }
        foreach ($name in $of['kind[]']) {
            $made = if ($values[$name]) { ConvertTo-CMSyncObject -Kind $shape['Kinds'][$name] -InputObject $values[$name] }
            $values[$name] = [object[]] @(foreach ($one in $made) { $one })
        }
        $result = [pscustomobject] $values
        foreach ($name in $shape['TypeNames']) { $result.PSObject.TypeNames.Insert(0, $name) }
        $result
    }
}
