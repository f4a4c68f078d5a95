function Set-CMAlertSubscription {
    <#
    .SYNOPSIS
    Changes who is told of alerts.

    .DESCRIPTION
    What you do not give stays as it is. An address that is removed gets nothing more, also not what waits for it.

    .PARAMETER Id
    The ID of the subscription. * and ? stand for other characters.

    .PARAMETER Name
    The name of the subscription. * and ? are literal, unless -ForceWildcardHandling
    is given.

    .PARAMETER InputObject
    A subscription from Get-CMAlertSubscription, or a copy saved with Export-Clixml. Its ID is used.

    .PARAMETER NewName
    The new name.

    .PARAMETER AlertId
    The numbers of the alerts, from Get-CMAlert. Without it the
    alerts stay the same. @() for every alert.

    .PARAMETER LocaleId
    The locale of the receivers. Alerts are in English, and a warning says so for other languages.

    .PARAMETER EmailAddress
    All addresses from now on. Several can stand in one text, with semicolons.

    .PARAMETER AddEmailAddress
    Further addresses.

    .PARAMETER RemoveEmailAddress
    Addresses that get no mail any more.

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

    .PARAMETER PassThru
    Also returns the subscription.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Set-CMAlertSubscription -Name 'On call' -AddEmailAddress 'second@contoso.com' -QuietHours '22:00-06:00'

    Adds an address, and sends nothing at night.

    .EXAMPLE
    PS> Get-CMAlertSubscription -Name 'Channel' | Set-CMAlertSubscription -WebhookFormat Slack -PassThru

    Posts in the form of Slack from now on.

    .INPUTS
    IResultObject#SMS_Subscription

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_Subscription

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmalertsubscription

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlertSubscription
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SetByValueMandatory', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmalertsubscription')]
    [OutputType('IResultObject#SMS_Subscription')]
    param(
        [Parameter(ParameterSetName = 'SetById', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SetByName', Mandatory = $true)]
        [string] $Name,

        [Parameter(ParameterSetName = 'SetByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [string] $NewName,

        [Alias('AlertIds')]
        [AllowEmptyCollection()]
        [int[]] $AlertId,

        [Alias('EmailAddresses')]
        [AllowEmptyCollection()]
        [string[]] $EmailAddress,

        [Alias('AddEmailAddresses')]
        [string[]] $AddEmailAddress,

        [Alias('RemoveEmailAddresses')]
        [string[]] $RemoveEmailAddress,

        [int] $LocaleId,

        [AllowEmptyString()]
        [string] $WebhookUri,

        [securestring] $SecureWebhookUri,

        [ValidateSet('Json', 'Teams', 'Slack')]
        [string] $WebhookFormat,

        [securestring] $WebhookSecret,

        [AllowEmptyString()]
        [string] $QuietHours,

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $params = ConvertTo-CMSyncSubscription -BoundParameters $PSBoundParameters -Name 'NewName' -Caller $PSCmdlet
        $lists = @{ EmailAddress = 'emailAddresses'; AddEmailAddress = 'addEmailAddresses'; RemoveEmailAddress = 'removeEmailAddresses' }
        foreach ($key in $lists.Keys) {
            if ($PSBoundParameters.ContainsKey($key)) { $params[$lists[$key]] = @($PSBoundParameters[$key]) }
        }
        if ($params.Count -eq 0) {
            $data = @{ reason = 'Give at least one property to change' }
            $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
        }
        $which = Resolve-CMSyncSubscription -BoundParameters $PSBoundParameters -Wildcard ([bool] $ForceWildcardHandling) -Caller $PSCmdlet
        if ($null -eq $which) { return }
        $label = "alert subscription $($which['label']) of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($label, 'Set alert subscription')) { return }
        $params += $which['params']
        $params['requestId'] = [guid]::NewGuid().ToString()
        $answer = Invoke-CMSyncMethod -Method 'subscription/set' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'AlertSubscription' -InputObject $answer.subscription }
    }
}
