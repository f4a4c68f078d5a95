function Get-CMSyncChange {
    <#
    .SYNOPSIS
    Gets what a synchronization changed in software updates.

    .DESCRIPTION
    Returns one object for each software update that the run added, revised, expired, superseded or removed. One update can be
    several of these. It is the difference between before and after the run, however often an update changed during it, and
    agrees with Counts of Get-CMSyncRun. Get-CMSoftwareUpdate takes the objects from the pipeline. Of updates that maintenance
    has deleted since then, only the number is left. The changes of the newest thousand runs are kept.

    .PARAMETER Run
    The numbers of the runs. Default: the newest run. Runs from Get-CMSyncRun are taken from the pipeline.

    .PARAMETER Since
    The changes of all runs that started at or after this time, the oldest first.

    .PARAMETER Change
    Only updates with one of these changes.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSyncChange -Change New, Revised | Select-Object ArticleID, LocalizedDisplayName

    The new and revised updates of the newest run.

    .EXAMPLE
    PS> Get-CMSyncRun -Newest 7 | Get-CMSyncChange -Change Expired | Group-Object RunId

    How many updates expired in each of the last seven runs.

    .EXAMPLE
    PS> Get-CMSyncChange -Since (Get-Date).AddDays(-7) -Change New | Sort-Object Product | Export-Csv -Path new.csv -NoTypeInformation

    New updates of the last seven days, as a list for a spreadsheet.

    .EXAMPLE
    PS> Get-CMSyncChange -Change New | Get-CMSoftwareUpdate -Fast | Select-Object ArticleID, Size, Product

    The updates themselves.

    .INPUTS
    ConfigMgrSync.Run

    .OUTPUTS
    ConfigMgrSync.UpdateChange

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncRun
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByRun', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.UpdateChange')]
    param(
        [Parameter(ParameterSetName = 'ByRun', Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Id', 'RunId')]
        [ValidateRange(1, 2147483647)]
        [int[]] $Run,

        [Parameter(ParameterSetName = 'BySince', Mandatory = $true)]
        [datetime] $Since,

        [ValidateSet('New', 'Revised', 'Expired', 'Superseded', 'Removed')]
        [string[]] $Change,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $common = @{ SiteCode = $SiteCode; Caller = $PSCmdlet }
        $ids = $Run
        if (-not $PSBoundParameters.ContainsKey('Run')) {
            $which = @{ newest = 1 }
            if ($PSBoundParameters.ContainsKey('Since')) { $which = @{ startedFrom = ConvertTo-CMSyncTime -InputObject $Since } }
            $answer = Invoke-CMSyncMethod -Method 'run/list' -Params $which @common
            if ($null -eq $answer) { return }
            foreach ($warning in $answer.warnings) { $PSCmdlet.WriteWarning($warning) }
            $ids = @($answer.runs | ForEach-Object { $_.Id } | Sort-Object)
            if ($ids.Count -eq 0 -and $which.ContainsKey('newest')) {
                return Write-CMSyncError -ErrorId 'RunNotFound' -Data @{ run = 'on this site yet' } -Caller $PSCmdlet
            }
            if ($ids.Count -eq 0) { $PSCmdlet.WriteWarning("No run has started since $($Since.ToString('g')).") }
        }
        foreach ($id in $ids) {
            $params = @{ id = $id }
            if ($Change) { $params['kind'] = $Change }
            do {
                $answer = Invoke-CMSyncMethod -Method 'run/changes' -Params $params @common -EachItem
                if ($null -eq $answer) { break }
                ConvertTo-CMSyncObject -Kind 'UpdateChange' -InputObject $answer.changes
                $params['after'] = $answer.next
            } while ($null -ne $answer.next)
            if ($null -ne $answer -and -not $answer.isRecorded) {
                $PSCmdlet.WriteWarning("What run $id changed is not recorded, or no longer.")
            }
        }
    }
}
