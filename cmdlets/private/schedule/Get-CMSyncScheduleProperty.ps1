function Get-CMSyncScheduleProperty {
    # The token that the parameters of New-CMSchedule mean, as the contract names its properties.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        [string] $ParameterSetName,

        $Caller
    )

    $bound = $BoundParameters
    $utc = [bool] $bound['IsUtc']
    $start = if ($bound.ContainsKey('Start')) { $bound['Start'] } else { [datetime]::Now }
    $recurCount = if ($bound.ContainsKey('RecurCount')) { $bound['RecurCount'] } else { 1 }
    $result = @{ StartTime = Get-CMSyncWallTime -InputObject $start -Utc:$utc; IsGMT = $utc }
    # Looked up without regard to case, as ValidateSet takes them.
    $days = @{ Sunday = 1; Monday = 2; Tuesday = 3; Wednesday = 4; Thursday = 5; Friday = 6; Saturday = 7 }
    $orders = @{ Last = 0; First = 1; Second = 2; Third = 3; Fourth = 4 }
    $spans = @{ Minutes = 'MinuteSpan'; Hours = 'HourSpan'; Days = 'DaySpan' }
    $units = @{ Minutes = 1; Hours = 60; Days = 1440 }
    $day = $days[[string] $bound['DayOfWeek']]
    switch -Wildcard ($ParameterSetName) {
        'RecurrenceNone*' { $result += @{ ClassName = 'SMS_ST_NonRecurring' } }
        'RecurrenceInterval*' { $result += @{ ClassName = 'SMS_ST_RecurInterval'; $spans[$bound['RecurInterval']] = $recurCount } }
        'RecurrenceWeekly*' { $result += @{ ClassName = 'SMS_ST_RecurWeekly'; Day = $day; ForNumberOfWeeks = $recurCount } }
        'RecurMonthlyByWeekday*' {
            $order = $orders[$bound['WeekOrder']]
            $result += @{ ClassName = 'SMS_ST_RecurMonthlyByWeekday'; Day = $day; WeekOrder = $order; ForNumberOfMonths = $recurCount }
            if ($bound['OffsetDay']) {
                $result['ClassName'] = 'SMS_ST_RecurMonthlyByWeekdayBase'
                $result['Offset'] = $bound['OffsetDay']
            }
        }
        'RecurrenceMonthlyByDate*' {
            $result += @{ ClassName = 'SMS_ST_RecurMonthlyByDate'; MonthDay = $bound['DayOfMonth']; ForNumberOfMonths = $recurCount }
        }
        'RecurMonthlyLastDayOfMonth*' { $result += @{ ClassName = 'SMS_ST_RecurMonthlyByDate'; MonthDay = 0; ForNumberOfMonths = $recurCount } }
    }
    $minutes = 0
    if ($bound.ContainsKey('DurationCount')) {
        $minutes = $units[$bound['DurationInterval']] * $bound['DurationCount']
    } elseif ($bound.ContainsKey('End')) {
        $end = [datetime] (Get-CMSyncWallTime -InputObject $bound['End'] -Utc:$utc)
        $minutes = [int] ($end - [datetime] $result['StartTime']).TotalMinutes
        if ($minutes -le 0) {
            $data = @{ reason = 'the end is not after the start' }
            return Write-CMSyncError -ErrorId 'ScheduleTokenInvalid' -Data $data -Caller $Caller
        }
    }
    $result['DayDuration'] = [int] [math]::Truncate($minutes / 1440)
    $result['HourDuration'] = [int] [math]::Truncate(($minutes % 1440) / 60)
    $result['MinuteDuration'] = $minutes % 60
    $result
}
