function Remove-CMStatusFilterRule {
    <#
    .SYNOPSIS
    Removes status filter rules.

    .DESCRIPTION
    Asks first, unless -Force is given. Disable-CMStatusFilterRule keeps the rule.

    .PARAMETER InputObject
    A rule from Get-CMStatusFilterRule, or a copy saved with Export-Clixml. Its name and its site are used.

    .PARAMETER Name
    The name of the rule. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER SiteCode
    The site of the rule. Default: the site of the session.

    .PARAMETER Force
    Does not ask.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards.

    .EXAMPLE
    PS> Remove-CMStatusFilterRule -Name 'Sync failed' -Force

    Removes one rule.

    .EXAMPLE
    PS> Get-CMStatusFilterRule -Name 'Test*' | Remove-CMStatusFilterRule -WhatIf

    Shows which rules would be removed.

    .INPUTS
    IResultObject#SMS_SCI_SCPropertyList

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmstatusfilterrule

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMStatusFilterRule

    .LINK
    Disable-CMStatusFilterRule
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'SearchByValue', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmstatusfilterrule')]
    [OutputType([void])]
    param(
        [Parameter(ParameterSetName = 'SearchByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchBySiteCodeMandatory', Mandatory = $true)]
        [string] $Name,

        [Parameter(ParameterSetName = 'SearchBySiteCodeMandatory')]
        [string] $SiteCode,

        [switch] $Force,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $rule = Resolve-CMSyncStatusFilterRule -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $rule) { return }
        $target = "status filter rule $($rule.Params['name']) of site $(Get-CMSyncSiteLabel -SiteCode $rule.SiteCode)"
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        if (-not (Confirm-CMSyncAction -Target $target -Action 'Remove status filter rule' -Caller $PSCmdlet)) { return }
        $params = $rule.Params + @{ requestId = [guid]::NewGuid().ToString() }
        [void] (Invoke-CMSyncMethod -Method 'statusRule/remove' -Params $params -SiteCode $rule.SiteCode -Caller $PSCmdlet -EachItem)
    }
}
