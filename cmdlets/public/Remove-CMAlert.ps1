function Remove-CMAlert {
    <#
    .SYNOPSIS
    Removes alerts with all that was said of them.

    .DESCRIPTION
    Name, comment, severity, limit, history and suspension of the alert are forgotten. The alert of the synchronization is switched off, as
    with Set-CMSoftwareUpdatePointComponent -EnableSyncFailureAlert $false; at a child site the parent decides that. The others begin anew:
    one whose condition is met is raised again. To stop it, use Disable-CMAlert. Asks first, unless -Force is given.

    .PARAMETER InputObject
    An alert from Get-CMAlert, or a copy saved with Export-Clixml. Its ID is used.

    .PARAMETER Id
    The ID of the alert.

    .PARAMETER Name
    The name of the alert. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER Force
    Does not ask.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards: all alerts that match are meant.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMAlert -TypeId 8 | Where-Object AlertStateName -eq Canceled | Remove-CMAlert -Force

    Removes what is over of categories that were no longer offered.

    .EXAMPLE
    PS> Remove-CMAlert -Name 'Synchronization failure alert*' -ForceWildcardHandling -Force

    Switches the alert of failed synchronizations off.

    .INPUTS
    IResultObject#SMS_Alert

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmalert

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlert

    .LINK
    Disable-CMAlert

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'SearchByValueMandatory',
        PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmalert')]
    [OutputType([void])]
    param(
        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Alert')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true)]
        [string] $Name,

        [switch] $Force,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        $params = Resolve-CMSyncAlertTarget -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $params) { return }
        $target = "alert $($params['id'])$($params['name']) of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        if (-not (Confirm-CMSyncAction -Target $target -Action 'Remove alert' -Caller $PSCmdlet)) { return }
        $params['requestId'] = [guid]::NewGuid().ToString()
        [void] (Invoke-CMSyncMethod -Method 'alert/remove' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem)
    }
}
