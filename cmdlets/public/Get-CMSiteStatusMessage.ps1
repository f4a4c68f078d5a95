function Get-CMSiteStatusMessage {
    <#
    .SYNOPSIS
    Gets status messages of the site.

    .DESCRIPTION
    Returns SMS_StatusMessage objects, the oldest first. A site of this module has the messages 6700 to 6708 of the component
    SMS_WSUS_SYNC_MANAGER: one for each state that a synchronization went through. SeverityName, MessageText and
    InsertionStrings (of a failure its error id and message) are not in the ConfigMgr module. Filters combine with AND, the values of one
    filter with OR.

    .PARAMETER Component
    Names of components. * and ? stand for other characters.

    .PARAMETER ComputerName
    Names of servers. * and ? stand for other characters.

    .PARAMETER FilterHashtable
    The filters as a hashtable with the keys Component, ComputerName, MessageId, Module, Severity, SiteCode and StartDateTime. A
    parameter of the same name takes precedence.

    .PARAMETER MessageId
    IDs of messages, such as 6703.

    .PARAMETER Module
    Names of modules. All messages here are from SMS Server. * and ? stand for other characters.

    .PARAMETER PassThru
    Accepted for existing scripts. The messages are always returned.

    .PARAMETER Severity
    Only these severities. All means every severity.

    .PARAMETER SiteCode
    Only messages of these sites.

    .PARAMETER StartDateTime
    Only messages at or after this time.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> Get-CMSiteStatusMessage -Severity Error -ViewingPeriod (Get-Date).AddDays(-7)

    The failures of the last week.

    .EXAMPLE
    PS> Get-CMSiteStatusMessage -Component SMS_WSUS_SYNC_MANAGER -MessageId 6702 | Select-Object -Last 1 -ExpandProperty Time

    When a synchronization last succeeded.

    .OUTPUTS
    IResultObject#SMS_StatusMessage

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitestatusmessage

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMComponentStatusMessage

    .LINK
    Get-CMSyncRun
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitestatusmessage')]
    [OutputType('IResultObject#SMS_StatusMessage')]
    param(
        [Alias('ComponentName', 'Components', 'ComponentNames')]
        [SupportsWildcards()]
        [string[]] $Component,

        [Alias('ComputerNames')]
        [SupportsWildcards()]
        [string[]] $ComputerName,

        [hashtable] $FilterHashtable,

        [Alias('MessageIds')]
        [int[]] $MessageId,

        [Alias('ModuleName', 'Modules', 'ModuleNames')]
        [SupportsWildcards()]
        [string[]] $Module,

        [switch] $PassThru,

        [Alias('Severities')]
        [ValidateSet('All', 'Error', 'Information', 'Warning')]
        [string[]] $Severity,

        [Alias('SiteCodes')]
        [string[]] $SiteCode,

        [Alias('ViewingPeriod')]
        [datetime] $StartDateTime,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $params = Resolve-CMSyncMessageFilter -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $params['wildcard'] = $wildcard
        Read-CMSyncStatusMessage -Params $params -Caller $PSCmdlet
    }
}
