function Enable-CMAlert {
    <#
    .SYNOPSIS
    Enables alerts.

    .DESCRIPTION
    The alert is raised again by its condition. A suspension ends too. An alert that stands for every software update point or every
    category of the site switches all of its kind, apart from those that were switched themselves.

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
    PS> Enable-CMAlert -Name 'Disk nearly full*' -ForceWildcardHandling

    Enables the alert of the disk again.

    .EXAMPLE
    PS> Get-CMAlert | Where-Object AlertStateName -eq Disabled | Enable-CMAlert -PassThru

    Enables every alert that was disabled.

    .INPUTS
    IResultObject#SMS_Alert

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_Alert

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/enable-cmalert

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlert

    .LINK
    Disable-CMAlert
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchByValueMandatory', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/enable-cmalert')]
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
        if (-not $PSCmdlet.ShouldProcess($target, 'Enable alert')) { return }
        $params += @{ requestId = [guid]::NewGuid().ToString(); enabled = $true }
        $answer = Invoke-CMSyncMethod -Method 'alert/switch' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Alert' -InputObject $answer.alerts }
    }
}
