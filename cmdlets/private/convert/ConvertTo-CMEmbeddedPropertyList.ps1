function ConvertTo-CMEmbeddedPropertyList {
    # One entry of PropLists.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_EmbeddedPropertyList', 'ConfigMgrSync.EmbeddedPropertyList')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName       = 'ConfigMgrSync.EmbeddedPropertyList'
            PropertyListName = $item.PropertyListName
            Values           = [string[]] @(foreach ($value in $item.Values) { $value })
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_EmbeddedPropertyList')
        $result
    }
}
