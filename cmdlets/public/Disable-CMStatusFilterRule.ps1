function Disable-CMStatusFilterRule {
    <#
    .SYNOPSIS
    Disables status filter rules.

    .DESCRIPTION
    The rule stays, and does nothing until Enable-CMStatusFilterRule.

    .PARAMETER InputObject
    A rule from Get-CMStatusFilterRule, or a copy saved with Export-Clixml. Its name and its site are used.

    .PARAMETER Name
    The name of the rule. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER SiteCode
    The site of the rule. Default: the site of the session.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards.

    .EXAMPLE
    PS> Disable-CMStatusFilterRule -Name 'Sync failed'

    Disables one rule.

    .EXAMPLE
    PS> Get-CMStatusFilterRule | Disable-CMStatusFilterRule -WhatIf

    Shows which rules would be disabled.

    .INPUTS
    IResultObject#SMS_SCI_SCPropertyList

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/disable-cmstatusfilterrule

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMStatusFilterRule

    .LINK
    Enable-CMStatusFilterRule

    .LINK
    Remove-CMStatusFilterRule
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/disable-cmstatusfilterrule')]
    [OutputType([void])]
    param(
        [Parameter(ParameterSetName = 'SearchByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByName', Mandatory = $true)]
        [string] $Name,

        [Parameter(ParameterSetName = 'SearchByName')]
        [string] $SiteCode,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $rule = Resolve-CMSyncStatusFilterRule -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $rule) { return }
        $target = "status filter rule $($rule.Params['name']) of site $(Get-CMSyncSiteLabel -SiteCode $rule.SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($target, 'Disable status filter rule')) { return }
        $params = $rule.Params + @{ requestId = [guid]::NewGuid().ToString(); isNew = $false; enabled = $false }
        [void] (Invoke-CMSyncMethod -Method 'statusRule/set' -Params $params -SiteCode $rule.SiteCode -Caller $PSCmdlet -EachItem)
    }
}
