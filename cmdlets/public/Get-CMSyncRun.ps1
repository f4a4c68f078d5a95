function Get-CMSyncRun {
    <#
    .SYNOPSIS
    Gets the synchronization runs of the site, the newest first.

    .DESCRIPTION
    Every synchronization is stored as a run: who requested it, whether it was full, what it counted, how it ended. A run that is
    still running shows its phase and progress. Counts, FailedUpdates and Warnings have the details. Size is what the site held when
    the run ended: updates, documents, and the bytes of the files of documents and database. It is empty for runs of version 0.1.

    .PARAMETER Id
    The runs with these numbers, in the order given.

    .PARAMETER Newest
    At most this many runs, the newest that match the filters.

    .PARAMETER State
    Only runs in these states.

    .PARAMETER Kind
    Only full or only delta synchronizations.

    .PARAMETER StartedAfter
    Only runs that started at or after this time.

    .PARAMETER StartedBefore
    Only runs that started at or before this time.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSyncRun -Newest 5

    The five newest runs.

    .EXAMPLE
    PS> (Get-CMSyncRun -Newest 1).FailedUpdates

    The updates that the last run had to leave out, with the reasons.

    .EXAMPLE
    PS> Get-CMSyncRun -State Failed -StartedAfter (Get-Date).AddDays(-30) | Select-Object Id, StartTime, ErrorMessage

    What failed in the last month.

    .EXAMPLE
    PS> Get-CMSyncRun -Newest 30 | Select-Object Id, EndTime, @{ n = 'Bytes'; e = { $_.Size.DocumentBytes + $_.Size.DatabaseBytes } }

    How much disk the site took after each of the last thirty runs.

    .OUTPUTS
    ConfigMgrSync.Run

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Wait-CMSyncRun

    .LINK
    Stop-CMSyncRun

    .LINK
    Sync-CMSoftwareUpdate
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByNewest', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.Run')]
    param(
        [Parameter(ParameterSetName = 'ById', Mandatory = $true, Position = 0)]
        [ValidateRange(1, 2147483647)]
        [int[]] $Id,

        [Parameter(ParameterSetName = 'ByNewest')]
        [ValidateRange(1, 2147483647)]
        [int] $Newest,

        [Parameter(ParameterSetName = 'ByNewest')]
        [ValidateSet('Running', 'Succeeded', 'Failed', 'Cancelled')]
        [string[]] $State,

        [Parameter(ParameterSetName = 'ByNewest')]
        [ValidateSet('Full', 'Delta')]
        [string] $Kind,

        [Parameter(ParameterSetName = 'ByNewest')]
        [datetime] $StartedAfter,

        [Parameter(ParameterSetName = 'ByNewest')]
        [datetime] $StartedBefore,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $common = @{ SiteCode = $SiteCode; Caller = $PSCmdlet }
        $asked = @(foreach ($number in $Id) { @{ id = $number } })
        if ($asked.Count -eq 0) {
            $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Newest', 'State', 'Kind'
            if ($PSBoundParameters.ContainsKey('StartedAfter')) { $params['startedFrom'] = ConvertTo-CMSyncTime -InputObject $StartedAfter }
            if ($PSBoundParameters.ContainsKey('StartedBefore')) { $params['startedTo'] = ConvertTo-CMSyncTime -InputObject $StartedBefore }
            $asked = @($params)
        }
        foreach ($params in $asked) {
            $answer = Invoke-CMSyncMethod -Method 'run/list' -Params $params @common
            if ($null -eq $answer) { continue }
            foreach ($warning in $answer.warnings) { $PSCmdlet.WriteWarning($warning) }
            $runs = @($answer.runs)
            if ($runs.Count -eq 0 -and $params.ContainsKey('id')) {
                Write-CMSyncError -ErrorId 'RunNotFound' -Data @{ run = $params['id'] } -TargetObject $params['id'] -Caller $PSCmdlet
                continue
            }
            ConvertTo-CMSyncObject -Kind 'Run' -InputObject $runs
        }
    }
}
