function ConvertFrom-CMSyncColumn {
    # A page of objects that came as columns. The first one is made as any other (-Converter) and copied; what differs is then
    # set column by column, with the type the first one has there. A copy costs a tenth of a parsed object.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [psobject] $InputObject,

        # The command that makes one object out of what the contract says.
        [string] $Converter,

        # Properties that are dates.
        [string[]] $Date
    )

    $count = $InputObject.count
    if ($count -eq 0) { return }
    $first = [ordered]@{}
    foreach ($property in $InputObject.constant.PSObject.Properties) { $first[$property.Name] = $property.Value }
    foreach ($property in $InputObject.values.PSObject.Properties) { $first[$property.Name] = $property.Value[0] }
    $template = & $Converter -InputObject ([pscustomobject] $first)
    $names = [string[]] $template.PSObject.TypeNames
    $items = [psobject[]]::new($count)
    for ($i = 0; $i -lt $count; $i++) { $items[$i] = $template.PSObject.Copy() }
    if ($items[0].PSObject.TypeNames[0] -ne $names[0]) {
        foreach ($item in $items) {
            $item.PSObject.TypeNames.Clear()
            foreach ($name in $names) { $item.PSObject.TypeNames.Add($name) }
        }
    }
    foreach ($property in $InputObject.values.PSObject.Properties) {
        $name = $property.Name
        $values = $property.Value
        $sample = $template.$name
        if ($name -in $Date) {
            for ($i = 0; $i -lt $count; $i++) { if ($null -ne $values[$i]) { $values[$i] = ([datetime] $values[$i]).ToLocalTime() } }
        } elseif ($sample -is [string[]]) {
            # Most lists are those of other updates: each stands once in memory.
            $known = [System.Collections.Generic.Dictionary[string, object]]::new([System.StringComparer]::Ordinal)
            for ($i = 0; $i -lt $count; $i++) {
                $key = $values[$i] -join "`n"
                if (-not $known.ContainsKey($key)) { $known[$key] = ConvertTo-CMSyncTextList -InputObject $values[$i] }
                $values[$i] = $known[$key]
            }
        } elseif ($sample -is [uint32]) {
            $values = [uint32[]] $values
        } elseif ($sample -is [uint64]) {
            $values = [uint64[]] $values
        } elseif ($sample -is [long]) {
            $values = [long[]] $values
        }
        for ($i = 0; $i -lt $count; $i++) { $items[$i].$name = $values[$i] }
    }
    $items
}
