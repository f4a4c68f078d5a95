function Disable-CMAlert {
    <#
    .SYNOPSIS
    Disables alerts.

    .DESCRIPTION
    The alert is not raised any more, until Enable-CMAlert. One that is active is over, and whoever was told that it was raised is told
    that too. An alert that stands for every software update point or every category of the site switches all of its kind, apart from
    those that were switched themselves.

    .PARAMETER InputObject
    An alert from Get-CMAlert, or a copy saved with Export-Clixml. Its ID is used.

    .PARAMETER Id
    The ID of the alert.

    .PARAMETER Name
    The name of the alert. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER PassThru
    Returns the changed alerts.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards: all alerts that match are meant.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Disable-CMAlert -Name 'Source grew*' -ForceWildcardHandling

    Nobody is told any more that many updates came at once.

    .EXAMPLE
    PS> Get-CMAlert -TypeId 7 | Disable-CMAlert -WhatIf

    Shows which alert would be disabled: that nobody keeps the schedule.

    .INPUTS
    IResultObject#SMS_Alert

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_Alert

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/disable-cmalert

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlert

    .LINK
    Enable-CMAlert

    .LINK
    Suspend-CMAlert
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchByValueMandatory', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/disable-cmalert')]
    [OutputType('IResultObject#SMS_Alert')]
    param(
        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Alert')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true)]
        [string] $Name,

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        $params = Resolve-CMSyncAlertTarget -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $params) { return }
        $target = "alert $($params['id'])$($params['name']) of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($target, 'Disable alert')) { return }
        $params += @{ requestId = [guid]::NewGuid().ToString(); enabled = $false }
        $answer = Invoke-CMSyncMethod -Method 'alert/switch' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Alert' -InputObject $answer.alerts }
    }
}
