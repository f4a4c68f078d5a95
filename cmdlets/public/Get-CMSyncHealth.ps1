function Get-CMSyncHealth {
    <#
    .SYNOPSIS
    Shows the health of a site and of the sites below it.

    .DESCRIPTION
    Returns one object. Summary is one sentence. SoftwareUpdatePoints has a row for each software update point of the
    hierarchy from this site on: whether it is in step, how many content versions it is behind and since when, its link, its
    last success, its last error (also while the next attempt runs), and whether a service keeps the next synchronization.
    Actions say what to do, the worst first. Status is Well, Degraded, Broken or Unknown; ExitCode is 0, 1, 2 or 3 for
    it, as monitoring systems expect.

    A software update point is in step if it has the same content as the site above, is connected, did not fail at its last attempt
    and is not late. It is late if the next scheduled synchronization after its last success did not come within
    one interval of the schedule, a day at most. Without a schedule the limit is a week. A site without a source, which
    imports packages, has 35 days from the last import. Below a parent there is no limit, because the parent requests it.

    Link is Healthy; Degraded if it has not reconnected since the site above started, which is normal for ten
    minutes; Error if it is silent; NotJoined if the server of the role has not joined; NoParent if
    this site cannot reach its own parent; or Revoked.

    Broken: the first software update point, which the others follow, is not in step, is not synchronizing, and was neither within a
    day; the parent revoked the site; or its store is damaged. Degraded: one is not in step, or something else needs
    doing, here or at a site below. One that is behind for no longer than it usually takes it to follow is not a reason for
    that. What is said in which state stands in docs/health.md.

    .PARAMETER SiteCode
    The site. Default: the site of the drive or of Connect-CMSyncSite.

    .EXAMPLE
    PS> Get-CMSyncHealth

    The sentence, the software update points and what to do.

    .EXAMPLE
    PS> $health = Get-CMSyncHealth
    PS> $health.SoftwareUpdatePoints | Where-Object { -not $_.InStep }

    The software update points that are not in step.

    .EXAMPLE
    PS> $health = Get-CMSyncHealth -ErrorAction SilentlyContinue
    PS> $code = if ($health) { $health.ExitCode } else { 3 }

    The exit code for a script of a monitoring system (exit $code).

    .OUTPUTS
    ConfigMgrSync.Health

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdateSyncStatus

    .LINK
    Get-CMSyncRun
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.Health')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $answer = Invoke-CMSyncMethod -Method 'health/get' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'Health' -InputObject $answer
    }
}
