function New-CMSchedule {
    <#
    .SYNOPSIS
    Makes a schedule token.

    .DESCRIPTION
    Makes a token in memory; nothing is stored and no site is needed. Give it, or several of them, to
    Set-CMSoftwareUpdatePointComponent -Schedule. Local times are those of the site server: a time that its clock skips in spring
    occurs at the first moment after the gap; one that comes twice in autumn occurs once. Weeks and months are counted from the
    first occurrence at or after the start; a month that does not have the day is left out.

    .PARAMETER DayOfMonth
    The day of the month, 1 to 31. 0: the last day.

    .PARAMETER DayOfWeek
    The weekday.

    .PARAMETER DurationCount
    How long an occurrence lasts, in units of -DurationInterval. 0: no end. A synchronization ignores it.

    .PARAMETER DurationInterval
    The unit of -DurationCount.

    .PARAMETER End
    The end of the first occurrence: another way to say how long it lasts.

    .PARAMETER IsUtc
    The token is in UTC in place of the site server's local time. A -Start in local time is converted.

    .PARAMETER LastDayOfMonth
    Recurs on the last day of the month.

    .PARAMETER Nonrecurring
    Happens once, at the start. This is also the default.

    .PARAMETER OffsetDay
    How many days after the weekday of the month, 0 to 7: the second Tuesday and 1 is the Wednesday after Patch Tuesday.

    .PARAMETER RecurCount
    The number of minutes (59 at most), hours (23), days (31), weeks (4) or months (12) between occurrences. Default: 1.

    .PARAMETER RecurInterval
    The unit of -RecurCount for a token that recurs at a regular interval.

    .PARAMETER ScheduleString
    Returns the schedule string in place of the token.

    .PARAMETER Start
    The start, from 1970 to 2033, to the minute. Its time of day is that of every occurrence. Default: now.

    .PARAMETER WeekOrder
    The week of the month.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. This command takes no names. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> New-CMSchedule -Start '2026-12-01 02:00' -RecurInterval Days -RecurCount 1

    Every day at 02:00, by the clock of the site server.

    .EXAMPLE
    PS> $schedule = New-CMSchedule -Start '2026-12-01 02:00' -DayOfWeek Tuesday -WeekOrder Second -OffsetDay 1
    PS> Set-CMSoftwareUpdatePointComponent -Schedule $schedule

    Synchronizes at 02:00 in the night after Patch Tuesday.

    .EXAMPLE
    PS> New-CMSchedule -DayOfMonth 0 -Start '2026-12-01T02:00:00Z' -IsUtc -ScheduleString

    The string of a token for the last day of every month, in UTC.

    .OUTPUTS
    IResultObject#SMS_ScheduleToken, or System.String with -ScheduleString.

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/new-cmschedule

    .LINK
    about_ConfigMgrSync

    .LINK
    Convert-CMSchedule

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'RecurrenceNone', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/new-cmschedule')]
    [OutputType('IResultObject#SMS_ScheduleToken')]
    param(
        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDate', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDateWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDateWithEnd', Mandatory = $true)]
        [int] $DayOfMonth,

        [Parameter(ParameterSetName = 'RecurrenceWeekly', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceWeeklyWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceWeeklyWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekday', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithEnd', Mandatory = $true)]
        [ValidateSet('Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday')]
        [string] $DayOfWeek,

        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDateWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceWeeklyWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceNoneWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonthWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceIntervalWithDuration', Mandatory = $true)]
        [int] $DurationCount,

        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDateWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceWeeklyWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceNoneWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonthWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceIntervalWithDuration', Mandatory = $true)]
        [ValidateSet('Minutes', 'Hours', 'Days')]
        [string] $DurationInterval,

        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDateWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceWeeklyWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceNoneWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonthWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceIntervalWithEnd', Mandatory = $true)]
        [datetime] $End,

        [switch] $IsUtc,

        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonthWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonthWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonth', Mandatory = $true)]
        [switch] $LastDayOfMonth,

        [Parameter(ParameterSetName = 'RecurrenceNone')]
        [Parameter(ParameterSetName = 'RecurrenceNoneWithDuration')]
        [Parameter(ParameterSetName = 'RecurrenceNoneWithEnd')]
        [switch] $Nonrecurring,

        [Parameter(ParameterSetName = 'RecurMonthlyByWeekday')]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithDuration')]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithEnd')]
        [int] $OffsetDay,

        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDate')]
        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDateWithDuration')]
        [Parameter(ParameterSetName = 'RecurrenceMonthlyByDateWithEnd')]
        [Parameter(ParameterSetName = 'RecurrenceWeekly')]
        [Parameter(ParameterSetName = 'RecurrenceWeeklyWithDuration')]
        [Parameter(ParameterSetName = 'RecurrenceWeeklyWithEnd')]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekday')]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithDuration')]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithEnd')]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonthWithDuration')]
        [Parameter(ParameterSetName = 'RecurrenceIntervalWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonthWithEnd')]
        [Parameter(ParameterSetName = 'RecurrenceIntervalWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyLastDayOfMonth')]
        [Parameter(ParameterSetName = 'RecurrenceInterval', Mandatory = $true)]
        [int] $RecurCount,

        [Parameter(ParameterSetName = 'RecurrenceIntervalWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceIntervalWithEnd', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurrenceInterval', Mandatory = $true)]
        [ValidateSet('Minutes', 'Hours', 'Days')]
        [string] $RecurInterval,

        [switch] $ScheduleString,

        [datetime] $Start,

        [Parameter(ParameterSetName = 'RecurMonthlyByWeekday', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithDuration', Mandatory = $true)]
        [Parameter(ParameterSetName = 'RecurMonthlyByWeekdayWithEnd', Mandatory = $true)]
        [ValidateSet('Last', 'First', 'Second', 'Third', 'Fourth')]
        [string] $WeekOrder,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $properties = Get-CMSyncScheduleProperty -BoundParameters $PSBoundParameters -ParameterSetName $PSCmdlet.ParameterSetName -Caller $PSCmdlet
        if ($null -eq $properties) { return }
        if (-not $PSCmdlet.ShouldProcess($properties['ClassName'], 'Make a schedule token')) { return }

        $answer = Invoke-CMSyncMethod -Method 'schedule/encode' -Params @{ tokens = @($properties) } -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        if ($ScheduleString) { $answer.scheduleString } else { New-CMSyncScheduleToken -InputObject $answer.tokens -Description $answer.descriptions }
    }
}
