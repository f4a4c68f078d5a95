function Get-CMSoftwareUpdateSummarizationSchedule {
    <#
    .SYNOPSIS
    Gets how often software updates are summarized, and the last summary.

    .DESCRIPTION
    Interval and Unit work as in the product. A site here has no clients and so no compliance to summarize:
    the software updates of the site are counted. Updates, Current (neither expired nor superseded), Superseded (and not expired),
    Expired, LastRunTime and NextRunTime are not in the ConfigMgr module. Summaries are made while an engine runs.

    .PARAMETER PassThru
    Accepted for existing scripts. The schedule is always returned.

    .PARAMETER DisableWildcardHandling
    Accepted for existing scripts. This command takes no names.

    .PARAMETER ForceWildcardHandling
    Accepted for existing scripts. This command takes no names. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateSummarizationSchedule

    Shows the schedule and the counts.

    .EXAMPLE
    PS> (Get-CMSoftwareUpdateSummarizationSchedule).Current

    How many updates were neither expired nor superseded at the last count.

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
