function Get-CMSyncNotification {
    <#
    .SYNOPSIS
    Gets how the site sends alerts.

    .DESCRIPTION
    Shows the mail server, the sender, how many alerts wait to be delivered, and how many could not be delivered. The password
    is not shown. InheritedFrom is the parent whose mail server is used.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSyncNotification

    Shows the mail server of the site.

    .EXAMPLE
    PS> (Get-CMSyncNotification).LastError

    Why the newest alert that was given up could not be delivered.

    .OUTPUTS
    CMSync_Notification

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/configure-alerts

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSyncNotification

    .LINK
    Get-CMAlertSubscription
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/configure-alerts')]
    [OutputType('IResultObject#CMSync_Notification')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $answer = Invoke-CMSyncMethod -Method 'notification/get' -Params @{} -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'Notification' -InputObject $answer
    }
}
