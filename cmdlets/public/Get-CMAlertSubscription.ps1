function Get-CMAlertSubscription {
    <#
    .SYNOPSIS
    Gets who is told of alerts.

    .DESCRIPTION
    Returns SMS_Subscription objects. WebhookUri, WebhookFormat, IsWebhookSigned, QuietHours, Waiting and LastError are not in
    the ConfigMgr module: Waiting counts the alerts that are not delivered yet, LastError says why the last attempt failed.

    .PARAMETER Id
    The ID of the subscription. * and ? stand for other characters.

    .PARAMETER Name
    The name of the subscription. * and ? stand for other characters.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMAlertSubscription

    All subscriptions of the site.

    .EXAMPLE
    PS> Get-CMAlertSubscription | Where-Object Waiting | Select-Object Name, Waiting, LastError

    The subscriptions for which alerts wait, and why.

    .OUTPUTS
    IResultObject#SMS_Subscription

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmalertsubscription

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMAlertSubscription

    .LINK
    Set-CMAlertSubscription

    .LINK
    Remove-CMAlertSubscription
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmalertsubscription')]
    [OutputType('IResultObject#SMS_Subscription')]
    param(
        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByName')]
        [string] $Name,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Id', 'Name'
        $params['wildcard'] = $wildcard
        $answer = Invoke-CMSyncMethod -Method 'subscription/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'AlertSubscription' -InputObject $answer.subscriptions
    }
}
