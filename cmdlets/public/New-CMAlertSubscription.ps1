function New-CMAlertSubscription {
    <#
    .SYNOPSIS
    Subscribes e-mail addresses or a webhook to alerts.

    .DESCRIPTION
    Whoever has subscribed is told when an alert is raised, with its cause and the next step, and when it is over. Set the
    mail server with Set-CMSyncNotification first, and try the subscription with Test-CMSyncAlertSubscription. The messages
    wait in the site database until they are delivered: docs/alerts.md describes how.

    .PARAMETER Name
    The name of the subscription.

    .PARAMETER AddEmailAddress
    Plain addresses, without names. Several can stand in one text, with semicolons. @() for a webhook alone.

    .PARAMETER AlertId
    The numbers of the alerts, from Get-CMAlert. Without it the
    subscription is for every alert.

    .PARAMETER LocaleId
    The locale of the receivers. Alerts are in English, and a warning says so for other languages.

    .PARAMETER RequireValidLocaleId
    A locale that is not known is an error.

    .PARAMETER WebhookUri
    The https address that alerts are posted to; http only for this machine. '' for none. Not in the ConfigMgr module.

    .PARAMETER SecureWebhookUri
    The same address as a secure string, so that it stands in no history or transcript. Not in the ConfigMgr module.

    .PARAMETER WebhookFormat
    The form of the posted body: Json, Teams or Slack. Default: Json. Not in the ConfigMgr module.

    .PARAMETER WebhookSecret
    The key that signs what is posted (HMAC-SHA256). It is stored like a password. An empty one removes it. Not in the
    ConfigMgr module.

    .PARAMETER QuietHours
    From and until when nothing is sent, in the time of the site, such as 22:00-06:00. What is raised meanwhile is sent
    afterwards in one message. '' for never. Not in the ConfigMgr module.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> New-CMAlertSubscription -Name 'On call' -AddEmailAddress 'oncall@contoso.com', 'wsus@contoso.com'

    Both addresses get a mail for each alert.

    .EXAMPLE
    PS> New-CMAlertSubscription -Name 'Channel' -AddEmailAddress @() -WebhookUri $address -WebhookFormat Teams

    Posts alerts to a channel of Teams whose address is in $address.

    .INPUTS
    None

    .OUTPUTS
    IResultObject#SMS_Subscription

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/new-cmalertsubscription

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlertSubscription

    .LINK
    Set-CMSyncNotification

    .LINK
    Test-CMSyncAlertSubscription
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/new-cmalertsubscription')]
    [OutputType('IResultObject#SMS_Subscription')]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Name,

        [Parameter(Mandatory = $true)]
        [Alias('EmailAddresses', 'EmailAddress', 'AddEmailAddresses')]
        [AllowEmptyCollection()]
        [string[]] $AddEmailAddress,

        [Alias('AlertIds')]
        [int[]] $AlertId,

        [int] $LocaleId,

        [switch] $RequireValidLocaleId,

        [AllowEmptyString()]
        [string] $WebhookUri,

        [securestring] $SecureWebhookUri,

        [ValidateSet('Json', 'Teams', 'Slack')]
        [string] $WebhookFormat,

        [securestring] $WebhookSecret,

        [AllowEmptyString()]
        [string] $QuietHours,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $params = ConvertTo-CMSyncSubscription -BoundParameters $PSBoundParameters -Name 'Name', 'RequireValidLocaleId' -Caller $PSCmdlet
        $params['emailAddresses'] = @($AddEmailAddress)
        $label = "$Name of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($label, 'Make alert subscription')) { return }
        $params['requestId'] = [guid]::NewGuid().ToString()
        $answer = Invoke-CMSyncMethod -Method 'subscription/add' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        ConvertTo-CMSyncObject -Kind 'AlertSubscription' -InputObject $answer.subscription
    }
}
