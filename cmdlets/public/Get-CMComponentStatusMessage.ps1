function Get-CMComponentStatusMessage {
    <#
    .SYNOPSIS
    Gets status messages of a component.

    .DESCRIPTION
    The older form of Get-CMSiteStatusMessage: it returns the same SMS_StatusMessage objects, the oldest first, and needs a start
    time. In the product -Severity All does not work, and without -Severity nothing is returned. Here both return
    messages of every severity.

    .PARAMETER ComponentName
    Name of the component, such as SMS_WSUS_SYNC_MANAGER.

    .PARAMETER ComputerName
    Name of the server.

    .PARAMETER Severity
    Only messages of this severity. Default: all.

    .PARAMETER SiteCode
    Only messages of this site.

    .PARAMETER StartTime
    Only messages at or after this time.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> @(Get-CMComponentStatusMessage -ComponentName SMS_WSUS_SYNC_MANAGER -Severity Error -StartTime (Get-Date).AddHours(-24)).Count

    How many synchronizations failed in the last 24 hours.

    .EXAMPLE
    PS> Get-CMComponentStatusMessage -ViewingPeriod (Get-Date).Date

    What was reported today.

    .OUTPUTS
    IResultObject#SMS_StatusMessage

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmcomponentstatusmessage

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSiteStatusMessage
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmcomponentstatusmessage')]
    [OutputType('IResultObject#SMS_StatusMessage')]
    param(
        [Alias('Component')]
        [string] $ComponentName,

        [Alias('MachineName')]
        [string] $ComputerName,

        [ValidateSet('All', 'Error', 'Warning', 'Information')]
        [string] $Severity,

        [string] $SiteCode,

        [Parameter(Mandatory = $true)]
        [Alias('ViewingPeriod')]
        [datetime] $StartTime,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $params = @{ startTime = ConvertTo-CMSyncTime -InputObject $StartTime; wildcard = $wildcard }
        if ($ComponentName) { $params['component'] = [string[]] $ComponentName }
        if ($ComputerName) { $params['computerName'] = [string[]] $ComputerName }
        if ($Severity) { $params['severity'] = [string[]] $Severity }
        if ($SiteCode) { $params['siteCode'] = [string[]] $SiteCode }
        Read-CMSyncStatusMessage -Params $params -Caller $PSCmdlet
    }
}
