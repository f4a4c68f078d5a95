function ConvertTo-CMSyncRunCount {
    # What a run counted.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_RunCounts', 'ConfigMgrSync.RunCounts')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName       = 'ConfigMgrSync.RunCounts'
            New              = [uint32] $item.New
            Revised          = [uint32] $item.Revised
            Expired          = [uint32] $item.Expired
            Superseded       = [uint32] $item.Superseded
            Removed          = [uint32] $item.Removed
            Skipped          = [uint32] $item.Skipped
            Failed           = [uint32] $item.Failed
            Categories       = [uint32] $item.Categories
            DocumentsFetched = [uint32] $item.DocumentsFetched
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_RunCounts')
        $result
    }
}
