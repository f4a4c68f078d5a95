function Stop-CMSyncRun {
    <#
    .SYNOPSIS
    Stops a synchronization.

    .DESCRIPTION
    Ends a run as Cancelled and returns when it is over. What it has committed stays and is not fetched again by the next one.
    The status row shows 6703 with the error Cancelled, as the product does after a synchronization that somebody stopped. A
    run that is finished already is left as it is, with a warning.

    .PARAMETER Id
    The numbers of the runs, also from the pipeline or as the property Id of a run. Without it the run under way is stopped.

    .PARAMETER PassThru
    Returns the run as it is afterwards.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

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
