function Stop-CMSyncRun {
    <#
    .SYNOPSIS
    Stops a synchronization.

    .DESCRIPTION
    Ends a run as Cancelled and returns when it is over. What it has stored is kept and not fetched again by the next run.
    The status row shows 6703 with the error Cancelled, as in the product after a stopped synchronization. A
    finished run does not change, and a warning says so.

    .PARAMETER Id
    The numbers of the runs, also from the pipeline or as the property Id of a run. Default: the running one.

    .PARAMETER PassThru
    Returns the stopped run.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Stop-CMSyncRun

    Stops the synchronization that is running.

    .EXAMPLE
    PS> $run = Get-CMSyncRun -Newest 1 | Stop-CMSyncRun -PassThru
    PS> $run.State

    Stops the newest run, if it is not over, and shows its state.

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
        [int[]] $Id,

        [switch] $PassThru,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $asked = @(if ($PSBoundParameters.ContainsKey('Id')) { foreach ($number in $Id) { @{ id = $number } } } else { @{} })
        foreach ($params in $asked) {
            $what = if ($params.ContainsKey('id')) { "run $($params['id'])" } else { 'the run under way' }
            $target = "$what of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
            if (-not $PSCmdlet.ShouldProcess($target, 'Stop the synchronization')) { continue }

            $params += @{ requestId = [guid]::NewGuid().ToString(); requester = [Environment]::UserName }
            $answer = Invoke-CMSyncMethod -Method 'run/stop' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
            if ($null -eq $answer) { continue }
            if ($null -eq $answer.run) {
                $PSCmdlet.WriteWarning('No synchronization is running.')
                continue
            }
            if (-not $answer.stopped) { $PSCmdlet.WriteWarning("Run $($answer.run.Id) had already finished ($($answer.run.State)).") }
            if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Run' -InputObject $answer.run }
        }
    }
}
