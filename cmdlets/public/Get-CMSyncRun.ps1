function Get-CMSyncRun {
    <#
    .SYNOPSIS
    Gets the synchronization runs of the site, the newest first.

    .DESCRIPTION
    Every synchronization leaves a run: who asked for it, whether it was full, what it counted, how it ended. A run that is
    under way shows its phase and progress. Counts, FailedUpdates and Warnings hold the details.

    .PARAMETER Id
    The run with that number.

    .PARAMETER Newest
    Only that many runs, the newest.

    .EXAMPLE
    PS> Get-CMSyncRun -Newest 5

    The five newest runs.

    .EXAMPLE
    PS> (Get-CMSyncRun -Newest 1).FailedUpdates

    The updates that the last run had to leave out, with the reasons.

    .OUTPUTS
    ConfigMgrSync.Run

    .LINK
    about_ConfigMgrSync

    .LINK
    Wait-CMSyncRun

    .LINK
    Stop-CMSyncRun

    .LINK
    Sync-CMSoftwareUpdate
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByNewest', PositionalBinding = $false)]
    [OutputType('ConfigMgrSync.Run')]
    param(
        [Parameter(ParameterSetName = 'ById', Mandatory = $true, Position = 0)]
        [ValidateRange(1, 2147483647)]
        [int] $Id,

        [Parameter(ParameterSetName = 'ByNewest')]
        [ValidateRange(1, 2147483647)]
        [int] $Newest
    )

    process {
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Id', 'Newest'
        $runs = @((Invoke-CMSyncMethod -Method 'run/list' -Params $params -Caller $PSCmdlet).runs)
        if ($runs.Count -eq 0 -and $PSBoundParameters.ContainsKey('Id')) {
            $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'RunNotFound' -Data @{ run = $Id } -TargetObject $Id))
        }
        ConvertTo-CMSyncRun -InputObject $runs
    }
}
