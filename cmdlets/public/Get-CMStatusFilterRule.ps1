function Get-CMStatusFilterRule {
    <#
    .SYNOPSIS
    Gets the status filter rules of the site.

    .DESCRIPTION
    That of the highest priority comes first. Values has everything that is set. A new site has no rules. Name, Priority, Enabled,
    MessageId, ComponentName, SeverityType, ReportToEventLog, RunProgram and ProgramPath are not in the ConfigMgr module.

    .PARAMETER Name
    The name of the rule. * and ? stand for other characters.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards. That is the default here.

    .EXAMPLE
    PS> Get-CMStatusFilterRule | Select-Object Priority, Name, Enabled, MessageId, ProgramPath

    The rules, and what they are for.

    .EXAMPLE
    PS> Get-CMStatusFilterRule -Name 'Sync*' | Disable-CMStatusFilterRule

    Disables all rules whose name begins with Sync.

    .OUTPUTS
    IResultObject#SMS_SCI_SCPropertyList

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmstatusfilterrule

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMStatusFilterRule
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmstatusfilterrule')]
    [OutputType('IResultObject#SMS_SCI_SCPropertyList')]
    param(
        [SupportsWildcards()]
        [string] $Name,

        [string] $SiteCode,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Name'
        $params['wildcard'] = $wildcard
        $answer = Invoke-CMSyncMethod -Method 'statusRule/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'StatusFilterRule' -InputObject $answer.rules
    }
}
