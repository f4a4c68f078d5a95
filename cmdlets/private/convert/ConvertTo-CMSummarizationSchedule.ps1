function ConvertTo-CMSummarizationSchedule {
    # The schedule of the summarization with what it counted last.
    [CmdletBinding()]
    [OutputType('IResultObject#SoftwareUpdateSummarizationSchedule', 'ConfigMgrSync.SummarizationSchedule')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName  = 'ConfigMgrSync.SummarizationSchedule'
            Interval    = [int] $item.Interval
            Unit        = $item.Unit
            LastRunTime = ConvertFrom-CMSyncTime -InputObject $item.LastRunTime
            NextRunTime = ConvertFrom-CMSyncTime -InputObject $item.NextRunTime
            Updates     = [uint32] $item.Updates
            Current     = [uint32] $item.Current
            Superseded  = [uint32] $item.Superseded
            Expired     = [uint32] $item.Expired
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SoftwareUpdateSummarizationSchedule')
        $result
    }
}
