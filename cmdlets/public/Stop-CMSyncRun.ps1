function Stop-CMSyncRun {
    <#
    .SYNOPSIS
    Stops a synchronization.

    .DESCRIPTION
    Ends a run as Cancelled and returns when it is over. What it has committed stays and is not fetched again by the next one.
    The status row shows 6703 with the error Cancelled, as the product does after a synchronization that somebody stopped. A
    run that is finished already is left as it is, with a warning.

    .PARAMETER Id
    The number of the run, also from the pipeline or as the property Id of a run. Without it the run under way is stopped.

    .PARAMETER PassThru
    Returns the run as it is afterwards.

    .EXAMPLE
    PS> Stop-CMSyncRun

    Stops the synchronization that is running.

    .EXAMPLE
    PS> $run = Get-CMSyncRun -Newest 1 | Stop-CMSyncRun -PassThru
    PS> $run.State

    Stops the newest run, if it is not over, and shows what became of it.

    .OUTPUTS
    None, or ConfigMgrSync.Run with -PassThru.

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncRun

    .LINK
    Wait-CMSyncRun
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.Run')]
    param(
        [Parameter(Position = 0, ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [ValidateRange(1, 2147483647)]
        [int] $Id,

        [switch] $PassThru
    )

    process {
        $what = if ($PSBoundParameters.ContainsKey('Id')) { "run $Id" } else { 'the run under way' }
        if (-not $PSCmdlet.ShouldProcess("$what of site $(Get-CMSyncSiteLabel)", 'Stop the synchronization')) { return }

        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Id'
        $params += @{ requestId = [guid]::NewGuid().ToString(); requester = [Environment]::UserName }
        $answer = Invoke-CMSyncMethod -Method 'run/stop' -Params $params -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        if ($null -eq $answer.run) {
            $PSCmdlet.WriteWarning('No synchronization is running.')
            return
        }
        if (-not $answer.stopped) { $PSCmdlet.WriteWarning("Run $($answer.run.Id) was finished already ($($answer.run.State)).") }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Run' -InputObject $answer.run }
    }
}
