function ConvertTo-CMSyncStoreFinding {
    # Something that a check of the site's store found.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_StoreFinding', 'ConfigMgrSync.StoreFinding')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName     = 'ConfigMgrSync.StoreFinding'
            Kind           = $item.Kind
            Severity       = $item.Severity
            Path           = $item.Path
            Position       = $item.Position
            RevisionId     = $item.RevisionId
            UpdateID       = $item.UpdateID
            RevisionNumber = $item.RevisionNumber
            Reason         = $item.Reason
            Repair         = $item.Repair
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_StoreFinding')
        $result
    }
}
