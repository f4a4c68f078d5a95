function Set-CMSoftwareUpdateSummarizationSchedule {
    <#
    .SYNOPSIS
    Sets how often software updates are summarized.

    .DESCRIPTION
    The interval counts from the last automatic summarization. Get-CMSoftwareUpdateSummarizationSchedule shows the result: the
    number of software updates, because a site here has no clients.

    .PARAMETER Interval
    The number of units: 10 to 59 minutes, 1 to 23 hours or 1 to 31 days.

    .PARAMETER Unit
    The unit.

    .PARAMETER PassThru
    Returns the schedule.

    .PARAMETER DisableWildcardHandling
    Accepted for existing scripts. This command takes no names.

    .PARAMETER ForceWildcardHandling
    Accepted for existing scripts. This command takes no names. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Set-CMSoftwareUpdateSummarizationSchedule -Interval 6 -Unit Hours

    Summarizes every six hours.

    .EXAMPLE
    PS> Set-CMSoftwareUpdateSummarizationSchedule -Interval 1 -Unit Days -PassThru | Select-Object NextRunTime

    Summarizes once a day and shows when that is next.

    .OUTPUTS
    None, or SoftwareUpdateSummarizationSchedule with -PassThru.

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdatesummarizationschedule

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdateSummarizationSchedule

    .LINK
    Invoke-CMSoftwareUpdateSummarization
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdatesummarizationschedule')]
    [OutputType('IResultObject#SoftwareUpdateSummarizationSchedule')]
    param(
        [Parameter(Mandatory = $true)]
        [int] $Interval,

        [Parameter(Mandatory = $true)]
        [ValidateSet('Days', 'Hours', 'Minutes')]
        [string] $Unit,

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $range = @{ Minutes = 10, 59; Hours = 1, 23; Days = 1, 31 }[$Unit]
        if ($Interval -lt $range[0] -or $Interval -gt $range[1]) {
            $data = @{ reason = "Interval $Interval is not possible: $Unit go from $($range[0]) to $($range[1])" }
            $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $Interval))
        }
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Set the summarization schedule')) { return }
        $params = @{ requestId = [guid]::NewGuid().ToString(); interval = $Interval; unit = $Unit }
        $answer = Invoke-CMSyncMethod -Method 'summarization/set' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'SummarizationSchedule' -InputObject $answer.schedule }
    }
}
