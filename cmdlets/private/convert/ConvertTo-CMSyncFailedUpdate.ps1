function ConvertTo-CMSyncFailedUpdate {
    # An update that a run had to leave out.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_FailedUpdate', 'ConfigMgrSync.FailedUpdate')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName     = 'ConfigMgrSync.FailedUpdate'
            UpdateID       = $item.UpdateID
            RevisionNumber = [uint32] $item.RevisionNumber
            ErrorId        = $item.ErrorId
            Reason         = $item.Reason
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_FailedUpdate')
        $result
    }
}
