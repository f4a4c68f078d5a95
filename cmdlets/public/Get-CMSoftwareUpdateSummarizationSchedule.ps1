function Get-CMSoftwareUpdateSummarizationSchedule {
    <#
    .SYNOPSIS
    Gets how often software updates are summarized, and the last summary.

    .DESCRIPTION
    Interval and Unit are those of the product. A site of this module has no clients, so there is no compliance to summarize: what is
    counted are the software updates of the site. Updates, Current (neither expired nor superseded), Superseded (and not expired),
    Expired, LastRunTime and NextRunTime are not in the ConfigMgr module. Summaries are made while an engine runs.

    .PARAMETER PassThru
    Accepted because scripts give it. The schedule is returned in any case.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally; this command has none.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards; this command has none. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateSummarizationSchedule

    Shows the schedule and the counts.

    .EXAMPLE
    PS> (Get-CMSoftwareUpdateSummarizationSchedule).Current

    How many updates were neither expired nor superseded when they were counted last.

    .OUTPUTS
    SoftwareUpdateSummarizationSchedule

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatesummarizationschedule

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSoftwareUpdateSummarizationSchedule

    .LINK
    Invoke-CMSoftwareUpdateSummarization
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatesummarizationschedule')]
    [OutputType('IResultObject#SoftwareUpdateSummarizationSchedule')]
    param(
        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $answer = Invoke-CMSyncMethod -Method 'summarization/get' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'SummarizationSchedule' -InputObject $answer.schedule
    }
}
