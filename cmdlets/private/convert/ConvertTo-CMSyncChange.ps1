function ConvertTo-CMSyncChange {
    # What a run did to single software updates.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_Change', 'ConfigMgrSync.UpdateChange')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName           = 'ConfigMgrSync.UpdateChange'
            RunId                = [int] $item.RunId
            Changes              = [string[]] @(foreach ($value in $item.Changes) { $value })
            CI_ID                = [uint32] $item.CI_ID
            CI_UniqueID          = $item.CI_UniqueID
            RevisionNumber       = [uint32] $item.RevisionNumber
            ArticleID            = $item.ArticleID
            LocalizedDisplayName = $item.LocalizedDisplayName
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_Change')
        $result
    }
}
