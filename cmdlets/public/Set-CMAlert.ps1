function Set-CMAlert {
    <#
    .SYNOPSIS
    Changes name, comment, severity, limit and parameter values of an alert.

    .DESCRIPTION
    These settings last until Remove-CMAlert. Turning the alert of the synchronization off with -EnableSyncFailureAlert $false of
    Set-CMSoftwareUpdatePointComponent removes it with its texts. State and occurrences follow what happens and cannot be set.
    ParameterValues is stored as given and not used. What is set for the alert that stands for every software update point or every
    category holds for all of its kind that have nothing of their own.

    .PARAMETER Id
    The ID of the alert.

    .PARAMETER Name
    The name of the alert. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER InputObject
    An alert from Get-CMAlert, or a copy saved with Export-Clixml. Its ID is used.

    .PARAMETER Comment
    The comment.

    .PARAMETER Limit
    From where on the alert is raised, in its LimitUnit. Limits and units: docs/alerts.md. Not in the ConfigMgr module.

    .PARAMETER NewName
    The new name.

    .PARAMETER ParameterValue
    Parameter values as XML.

    .PARAMETER Severity
    The severity.

    .PARAMETER PassThru
    Returns the changed alert. Not in the ConfigMgr module.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMAlert 'Synchronization failure alert*' | Set-CMAlert -Severity Warning -Comment 'Tell the WSUS team'

    Makes the alert of the synchronization a warning with a comment.

    .EXAMPLE
    PS> Get-CMAlert -TypeId 11 | Set-CMAlert -Limit 4096

    The alert of the disk is raised below 4096 MB.

    .EXAMPLE
    PS> Set-CMAlert -Name 'Synchronization failure alert*' -ForceWildcardHandling -NewName 'Synchronization failed' -WhatIf

    Shows what would be changed.

    .INPUTS
    IResultObject#SMS_Alert

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_Alert

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmalert

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMAlert
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SetByValue', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmalert')]
    [OutputType('IResultObject#SMS_Alert')]
    param(
        [Parameter(ParameterSetName = 'SetById', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SetByName', Mandatory = $true)]
        [string] $Name,

        [Parameter(ParameterSetName = 'SetByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('Alert')]
        [psobject] $InputObject,

        [Alias('Comments')]
        [AllowEmptyString()]
        [string] $Comment,

        [ValidateRange(0, 1000000000)]
        [double] $Limit,

        [string] $NewName,

        [Alias('ParameterValues')]
        [AllowEmptyString()]
        [string] $ParameterValue,

        [ValidateSet('Error', 'Warning', 'Informational')]
        [string] $Severity,

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Comment', 'Limit', 'NewName', 'ParameterValue', 'Severity'
        if ($params.Count -eq 0) {
            $data = @{ reason = 'Give -Comment, -Limit, -NewName, -ParameterValue or -Severity' }
            $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
        }
        if ($PSCmdlet.ParameterSetName -eq 'SetByName') {
            $params += @{ name = $Name; wildcard = [bool] $ForceWildcardHandling }
            $label = $Name
        } else {
            $label = Resolve-CMSyncAlertId -InputObject $(if ($Id) { $Id } else { $InputObject }) -Caller $PSCmdlet
            if ($null -eq $label) { return }
            $params['id'] = $label
        }
        if (-not $PSCmdlet.ShouldProcess("alert $label of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Set alert')) { return }
        $params['requestId'] = [guid]::NewGuid().ToString()
        $answer = Invoke-CMSyncMethod -Method 'alert/set' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Alert' -InputObject $answer.alert }
    }
}
