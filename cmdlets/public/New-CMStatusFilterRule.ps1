function New-CMStatusFilterRule {
    <#
    .SYNOPSIS
    Creates a status filter rule.

    .DESCRIPTION
    A rule does something with the status messages of the site that it is for: an event in the Windows Application log (elsewhere
    syslog), or a program. Rules are looked at in the order of their priority. Each message is done at least once: again if the engine was
    killed meanwhile. Messages from before the first rule do not count. What has no effect is told as a warning.

    .PARAMETER AllowDeleteAfterDays
    Stored without effect.

    .PARAMETER ComponentName
    Only messages of this component. All messages here come from SMS_WSUS_SYNC_MANAGER.

    .PARAMETER ForwardToStatusSummarizer
    Stored without effect.

    .PARAMETER MessageId
    Only messages of this number, for example 6703 for a failed synchronization.

    .PARAMETER MessageType
    Only messages of this type. All messages here are milestones. None stands for any.

    .PARAMETER Name
    The name of the rule.

    .PARAMETER ProcessLowerPriorityRule
    $false: rules of lower priority do not see what this rule is for.

    .PARAMETER ProgramPath
    Full path of the program: .exe, .com or .ps1 on Windows, elsewhere any program. It gets the message as one line of JSON on its
    standard input. It runs under the rules of the after-sync command: only as the account that set it, and under a service only if its
    registration allows that (Install-CMSyncService -AllowAfterSyncCommand).

    .PARAMETER PropertyId
    Only messages with this property. No message has one here, so that the rule is for none.

    .PARAMETER PropertyValue
    Stored without effect.

    .PARAMETER ReplicateToParentSite
    Stored without effect.

    .PARAMETER ReplicationPriority
    Stored without effect.

    .PARAMETER ReportToEventLog
    Writes an event with the number of the message to the Windows Application log, elsewhere to syslog.

    .PARAMETER RunProgram
    Runs the program of -ProgramPath.

    .PARAMETER SeverityType
    Only messages of this severity. None stands for any.

    .PARAMETER SiteCode
    The site of the rule. Default: the site of the session.

    .PARAMETER SiteSystemServerName
    Only messages of this server.

    .PARAMETER Source
    Only messages from this source. All messages here come from Site Server.

    .PARAMETER StatusFilterRuleSiteCode
    Only messages of this site.

    .PARAMETER WriteToDatabase
    Stored without effect: every message is stored.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, as this command always does.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards: no effect here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> New-CMStatusFilterRule -Name 'Sync failed' -MessageId 6703 -ReportToEventLog $true

    Writes an event 6703 for each synchronization that fails.

    .EXAMPLE
    PS> New-CMStatusFilterRule -Name 'Errors' -SeverityType Error -RunProgram $true -ProgramPath 'C:\Scripts\Open-Ticket.ps1' -WhatIf

    Shows what would be created: a script that gets each error as JSON.

    .OUTPUTS
    IResultObject#SMS_SCI_SCPropertyList

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/new-cmstatusfilterrule

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMStatusFilterRule

    .LINK
    Set-CMStatusFilterRule
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/new-cmstatusfilterrule')]
    [OutputType('IResultObject#SMS_SCI_SCPropertyList')]
    param(
        [Alias('AllowUserDeleteMessagesAfterThresholdDays')]
        [ValidateRange(0, 2147483647)]
        [int] $AllowDeleteAfterDays,

        [AllowEmptyString()]
        [string] $ComponentName,

        [bool] $ForwardToStatusSummarizer,

        [ValidateRange(0, 2147483647)]
        [int] $MessageId,

        [ValidateSet('None', 'Milestone', 'Detail', 'Audit')]
        [string] $MessageType,

        [Parameter(Mandatory = $true)]
        [ValidateLength(1, 256)]
        [string] $Name,

        [bool] $ProcessLowerPriorityRule,

        [string] $ProgramPath,

        [string] $PropertyId,

        [string] $PropertyValue,

        [bool] $ReplicateToParentSite,

        [ValidateSet('Low', 'Medium', 'High')]
        [string] $ReplicationPriority,

        [bool] $ReportToEventLog,

        [bool] $RunProgram,

        [ValidateSet('None', 'Informational', 'Warning', 'Error')]
        [string] $SeverityType,

        [string] $SiteCode,

        [AllowEmptyString()]
        [string] $SiteSystemServerName,

        [AllowEmptyString()]
        [string] $Source,

        [AllowEmptyString()]
        [string] $StatusFilterRuleSiteCode,

        [bool] $WriteToDatabase,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $names = @(
            'AllowDeleteAfterDays', 'ComponentName', 'ForwardToStatusSummarizer', 'MessageId', 'MessageType'
            'ProcessLowerPriorityRule', 'ProgramPath', 'PropertyId', 'PropertyValue', 'ReplicateToParentSite', 'ReplicationPriority'
            'ReportToEventLog', 'RunProgram', 'SeverityType', 'SiteSystemServerName', 'Source', 'StatusFilterRuleSiteCode', 'WriteToDatabase'
        )
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name $names
        $target = "status filter rule $Name of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($target, 'Create status filter rule')) { return }
        $params += @{ requestId = [guid]::NewGuid().ToString(); name = $Name; wildcard = $wildcard; isNew = $true }
        $answer = Invoke-CMSyncMethod -Method 'statusRule/set' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        foreach ($warning in $answer.warnings) { $PSCmdlet.WriteWarning($warning) }
        ConvertTo-CMSyncObject -Kind 'StatusFilterRule' -InputObject $answer.rules
    }
}
