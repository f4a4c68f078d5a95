function ConvertTo-CMEmbeddedProperty {
    # One entry of Props.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_EmbeddedProperty', 'ConfigMgrSync.EmbeddedProperty')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName   = 'ConfigMgrSync.EmbeddedProperty'
            PropertyName = $item.PropertyName
            Value        = [uint32] $item.Value
            Value1       = $item.Value1
            Value2       = $item.Value2
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_EmbeddedProperty')
        $result
    }
}
