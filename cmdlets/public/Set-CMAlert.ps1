function Set-CMAlert {
    <#
    .SYNOPSIS
    Changes name, comment, severity and parameter values of an alert.

    .DESCRIPTION
    These settings last as long as the alert: turning it off with -EnableSyncFailureAlert $false of
    Set-CMSoftwareUpdatePointComponent removes it with its texts. State and occurrences follow the synchronizations and cannot be
    set. ParameterValues is stored as given and not used.

    .PARAMETER Id
    The ID of the alert.

    .PARAMETER Name
    The name of the alert. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER InputObject
    An alert from Get-CMAlert, or a copy saved with Export-Clixml. Its ID is used.

    .PARAMETER Comment
    The comment.

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
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Comment', 'NewName', 'ParameterValue', 'Severity'
        if ($params.Count -eq 0) {
            $data = @{ reason = 'Give -Comment, -NewName, -ParameterValue or -Severity' }
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
