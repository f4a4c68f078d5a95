function Get-CMSyncChange {
    <#
    .SYNOPSIS
    Gets what a synchronization did to software updates.

    .DESCRIPTION
    Returns one object for each software update that the run made new, revised, expired, superseded or removed; one update can be
    several of these. It is the difference between before and after the run, however often an update changed in between, and
    agrees with Counts of Get-CMSyncRun. CI_ID goes with Get-CMSoftwareUpdate -Id while the update is in the site database. Of
    updates that maintenance has deleted since only the number is left. What the newest thousand runs did is kept.

    .PARAMETER Run
    The number of the run. Default: the newest run. Runs from Get-CMSyncRun are taken from the pipeline.

    .PARAMETER Change
    Only updates with one of these changes.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSyncChange -Change New, Revised | Select-Object ArticleID, LocalizedDisplayName

    What the newest run brought.

    .EXAMPLE
    PS> Get-CMSyncRun -Newest 7 | Get-CMSyncChange -Change Expired | Group-Object RunId

    How many updates expired in each of the last seven runs.

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
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.UpdateChange')]
    param(
        [Parameter(Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('Id', 'RunId')]
        [ValidateRange(1, 2147483647)]
        [int] $Run,

        [ValidateSet('New', 'Revised', 'Expired', 'Superseded', 'Removed')]
        [string[]] $Change,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $common = @{ SiteCode = $SiteCode; Caller = $PSCmdlet }
        $id = $Run
        if (-not $PSBoundParameters.ContainsKey('Run')) {
            $answer = Invoke-CMSyncMethod -Method 'run/list' -Params @{ newest = 1 } @common
            if ($null -eq $answer) { return }
            $newest = @($answer.runs)
            if ($newest.Count -eq 0) {
                $record = New-CMSyncErrorRecord -ErrorId 'RunNotFound' -Data @{ run = 'on this site yet' }
                return Write-CMSyncError -Record $record -Caller $PSCmdlet
            }
            $id = $newest[0].Id
        }
        $params = @{ id = $id }
        if ($Change) { $params['kind'] = $Change }
        do {
            $answer = Invoke-CMSyncMethod -Method 'run/changes' -Params $params @common -EachItem
            if ($null -eq $answer) { return }
            ConvertTo-CMSyncObject -Kind 'UpdateChange' -InputObject $answer.changes
            $params['after'] = $answer.next
        } while ($null -ne $answer.next)
        if (-not $answer.isRecorded) { $PSCmdlet.WriteWarning("What run $id changed is not recorded (any more).") }
    }
}
