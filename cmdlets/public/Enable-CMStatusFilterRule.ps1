function Enable-CMStatusFilterRule {
    <#
    .SYNOPSIS
    Enables status filter rules.

    .DESCRIPTION
    The rule does again what it is for, with messages that come from now on if no other rule was enabled.

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
    PS> Enable-CMStatusFilterRule -Name 'Sync failed'

    Enables one rule.

    .EXAMPLE
    PS> Get-CMStatusFilterRule | Where-Object Enabled -eq $false | Enable-CMStatusFilterRule

    Enables all rules that were disabled.

    .INPUTS
    IResultObject#SMS_SCI_SCPropertyList

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/enable-cmstatusfilterrule

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMStatusFilterRule

    .LINK
    Disable-CMStatusFilterRule
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/enable-cmstatusfilterrule')]
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
        if (-not $PSCmdlet.ShouldProcess($target, 'Enable status filter rule')) { return }
        $params = $rule.Params + @{ requestId = [guid]::NewGuid().ToString(); isNew = $false; enabled = $true }
        [void] (Invoke-CMSyncMethod -Method 'statusRule/set' -Params $params -SiteCode $rule.SiteCode -Caller $PSCmdlet -EachItem)
    }
}
