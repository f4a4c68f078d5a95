function Get-CMSyncComponentStatus {
    <#
    .SYNOPSIS
    Gets how many status messages the components of the site have reported.

    .DESCRIPTION
    Counts messages of severity Error, Warning and Information, for each server, since Clear-CMComponentStatusMessageCount last set the
    count to zero. In the product these are the counts of Component Status (SMS_ComponentSummarizer), which has no command. Messages
    that were removed for their age (Set-CMSiteMaintenanceTask) are not counted.

    .PARAMETER ComponentName
    Name of the component. * and ? stand for other characters.

    .PARAMETER ComputerName
    Name of the server. * and ? stand for other characters.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSyncComponentStatus

    Shows the counts of each component.

    .EXAMPLE
    PS> Get-CMSyncComponentStatus | Where-Object Errors -gt 0

    Shows components that have reported errors.

    .OUTPUTS
    IResultObject#SMS_ComponentSummarizer

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/use-alerts-and-the-status-system

    .LINK
    about_ConfigMgrSync

    .LINK
    Clear-CMComponentStatusMessageCount

    .LINK
    Get-CMComponentStatusMessage
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/use-alerts-and-the-status-system')]
    [OutputType('IResultObject#SMS_ComponentSummarizer')]
    param(
        [SupportsWildcards()]
        [string] $ComponentName,

        [SupportsWildcards()]
        [string] $ComputerName,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'ComponentName', 'ComputerName'
        $params['wildcard'] = $true
        $answer = Invoke-CMSyncMethod -Method 'componentStatus/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'ComponentStatus' -InputObject $answer.components
    }
}
