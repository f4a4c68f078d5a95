function Convert-CMSchedule {
    <#
    .SYNOPSIS
    Converts schedule tokens to a schedule string, and schedule strings to tokens.

    .DESCRIPTION
    Several tokens become one string, 16 hexadecimal digits each, as the site stores a schedule. Strings become
    tokens, as many as they contain. No site is needed. Tokens from Export-Clixml, a job or a remote session are accepted
    too, and objects or hashtables that have the properties of a token.

    .PARAMETER InputObject
    The tokens, from New-CMSchedule or from this command.

    .PARAMETER ScheduleString
    The schedule strings.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. This command takes no names. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> Convert-CMSchedule -ScheduleString '02C159C0381A200002C159C0381B2000'

    The two weekly tokens of the string.

    .EXAMPLE
    PS> (Get-CMSoftwareUpdatePointComponent -WsusSyncManager).Props | Where-Object PropertyName -eq 'Sync Schedule' |
    PS>     ForEach-Object { Convert-CMSchedule -ScheduleString $_.Value1 }

    The schedule of the site.

    .EXAMPLE
    PS> 'Monday', 'Thursday' | ForEach-Object { New-CMSchedule -DayOfWeek $_ -Start '2026-12-01 02:00' } | Convert-CMSchedule

    One string of two tokens.

    .INPUTS
    IResultObject#SMS_ScheduleToken

    .OUTPUTS
    System.String for tokens, IResultObject#SMS_ScheduleToken for strings.

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/convert-cmschedule

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMSchedule
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByToken', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/convert-cmschedule')]
    [OutputType('IResultObject#SMS_ScheduleToken')]
    param(
        [Parameter(ParameterSetName = 'ByToken', Mandatory = $true, Position = 0, ValueFromPipeline = $true)]
        [Alias('ScheduleToken')]
        [psobject[]] $InputObject,

        [Parameter(ParameterSetName = 'ByString', Mandatory = $true, Position = 0)]
        [AllowEmptyString()]
        [string[]] $ScheduleString,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    begin {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $tokens = [System.Collections.Generic.List[hashtable]]::new()
        $strings = [System.Collections.Generic.List[string]]::new()
        if ($PSBoundParameters.ContainsKey('ScheduleString')) { $strings.AddRange($ScheduleString) }
    }

    process {
        foreach ($item in $InputObject) {
            # A string of digits alone is a number to PowerShell when it is not quoted; it still knows what was typed.
            $text = [string] $item
            if ($text -match '^([0-9a-f]{16})+$') { $strings.Add($text) } else { $tokens.Add((Read-CMSyncScheduleToken -InputObject $item)) }
        }
    }

    end {
        # String by string, so that one that is not valid keeps none of the others from being read.
        foreach ($string in $strings) {
            $answer = Invoke-CMSyncMethod -Method 'schedule/decode' -Params @{ scheduleString = [string[]] $string } -Caller $PSCmdlet
            if ($null -eq $answer) { continue }
            New-CMSyncScheduleToken -InputObject $answer.tokens -Description $answer.descriptions
        }
        if ($tokens.Count -gt 0) {
            $answer = Invoke-CMSyncMethod -Method 'schedule/encode' -Params @{ tokens = $tokens.ToArray() } -Caller $PSCmdlet
            if ($null -eq $answer) { return }
            $answer.scheduleString
        }
    }
}
