function Remove-CMAlertSubscription {
    <#
    .SYNOPSIS
    Removes subscriptions of alerts.

    .DESCRIPTION
    What waits for the receivers of the subscription is not sent any more.

    .PARAMETER Id
    The ID of the subscription. * and ? stand for other characters.

    .PARAMETER Name
    The name of the subscription. * and ? stand for other characters.

    .PARAMETER InputObject
    A subscription from Get-CMAlertSubscription, or a copy saved with Export-Clixml. Its ID is used.

    .PARAMETER Force
    Does not ask.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Remove-CMAlertSubscription -Name 'On call' -Force

    Removes a subscription without asking.

    .EXAMPLE
    PS> Get-CMAlertSubscription -Name 'Test*' | Remove-CMAlertSubscription -WhatIf

    Shows which subscriptions would be removed.

    .INPUTS
    IResultObject#SMS_Subscription

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmalertsubscription

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlertSubscription
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'SearchByValueMandatory',
        PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmalertsubscription')]
    [OutputType([void])]
    param(
        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true)]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [switch] $Force,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $which = Resolve-CMSyncSubscription -BoundParameters $PSBoundParameters -Wildcard $wildcard -Caller $PSCmdlet
        if ($null -eq $which) { return }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        $target = "alert subscription $($which['label']) of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not (Confirm-CMSyncAction -Target $target -Action 'Remove alert subscription' -Caller $PSCmdlet)) { return }
        $params = $which['params']
        $params['requestId'] = [guid]::NewGuid().ToString()
        [void] (Invoke-CMSyncMethod -Method 'subscription/remove' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem)
    }
}
