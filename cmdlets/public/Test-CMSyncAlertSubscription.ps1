function Test-CMSyncAlertSubscription {
    <#
    .SYNOPSIS
    Sends a test message to every receiver of a subscription.

    .DESCRIPTION
    Each address and the webhook gets one message at once, also in quiet hours. The results show what each server said. Nothing
    is changed, and no alert is raised.

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
    PS> Test-CMSyncAlertSubscription -Name 'On call'

    Sends a test to everybody who is on call.

    .EXAMPLE
    PS> Get-CMAlertSubscription | Test-CMSyncAlertSubscription | Where-Object { -not $_.Succeeded }

    Shows who cannot be reached, and why.

    .INPUTS
    IResultObject#SMS_Subscription

    .OUTPUTS
    CMSync_DeliveryTest

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/configure-alerts

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMAlertSubscription

    .LINK
    Set-CMSyncNotification
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/configure-alerts')]
    [OutputType('IResultObject#CMSync_DeliveryTest')]
    param(
        [Parameter(ParameterSetName = 'SearchById', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByName', Mandatory = $true)]
        [SupportsWildcards()]
        [string] $Name,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $which = Resolve-CMSyncSubscription -BoundParameters $PSBoundParameters -Wildcard $wildcard -Caller $PSCmdlet
        if ($null -eq $which) { return }
        $params = $which['params']
        $answer = Invoke-CMSyncMethod -Method 'subscription/test' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'DeliveryTest' -InputObject $answer.results
    }
}
