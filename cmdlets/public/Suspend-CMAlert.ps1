function Suspend-CMAlert {
    <#
    .SYNOPSIS
    Suspends alerts until a time.

    .DESCRIPTION
    Until then nobody is told that the alert is raised (AlertState 1, postponed). If it is met when that time has come, its receivers are
    told, also those who were told before. That it is over is told at once. Only an alert that is enabled can be suspended. A time in the
    past ends a suspension, as Enable-CMAlert does.

    .PARAMETER InputObject
    An alert from Get-CMAlert, or a copy saved with Export-Clixml. Its ID is used.

    .PARAMETER Id
    The ID of the alert.

    .PARAMETER Name
    The name of the alert. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER SkipUntil
    When the alert is looked at again, in local time.

    .PARAMETER Comment
    A comment: why it was suspended.

    .PARAMETER PassThru
    Returns the changed alerts.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards: all alerts that match are meant.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMAlert -TypeId 11 | Suspend-CMAlert -SkipUntil (Get-Date).AddDays(3) -Comment 'New disk is ordered'

    Leaves the alert of the disk alone for three days.

    .EXAMPLE
    PS> Suspend-CMAlert -Id 271367811 -SkipUntil '2026-12-24 18:00' -WhatIf

    Shows what would be suspended.

    .INPUTS
    IResultObject#SMS_Alert

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_Alert

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/suspend-cmalert

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlert

    .LINK
    Enable-CMAlert

    .LINK
    Disable-CMAlert
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchByValueMandatory', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/suspend-cmalert')]
    [OutputType('IResultObject#SMS_Alert')]
    param(
        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Alert')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true)]
        [string] $Name,

        [Parameter(Mandatory = $true)]
        [datetime] $SkipUntil,

        [AllowEmptyString()]
        [string] $Comment,

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        $params = Resolve-CMSyncAlertTarget -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $params) { return }
        $target = "alert $($params['id'])$($params['name']) of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($target, 'Suspend alert')) { return }
        $params += ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'SkipUntil', 'Comment'
        $params['requestId'] = [guid]::NewGuid().ToString()
        $answer = Invoke-CMSyncMethod -Method 'alert/switch' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Alert' -InputObject $answer.alerts }
    }
}
