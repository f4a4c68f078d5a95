function Get-CMAlert {
    <#
    .SYNOPSIS
    Gets the alerts of the site.

    .DESCRIPTION
    Returns SMS_Alert objects: of each condition one at least, whether or not it was ever met (AlertState 5). The conditions with their
    limits are in docs/alerts.md. An alert that is raised is active (AlertState 0), its OccurrenceCount rises, and RootCauseMessage says
    why; once it is over it is canceled (AlertState 2, ClosedBy SYSTEM). The 'Synchronization failure alert for software update point'
    exists while Set-CMSoftwareUpdatePointComponent -EnableSyncFailureAlert is $true: each failed synchronization counts, the next success
    cancels it, and one that was stopped on purpose changes nothing. Of the sites below, alerts that were raised or changed are shown.
    AlertStateName, SeverityName, Condition, Limit, LimitUnit and NextStep are not in the ConfigMgr module.

    .PARAMETER Fast
    Accepted for existing scripts. An alert has no lazy properties here.

    .PARAMETER Id
    The alert with that ID.

    .PARAMETER Name
    The name. * and ? stand for other characters.

    .PARAMETER TypeId
    The kind of alert. 1 is the failure of a synchronization; the others are in docs/alerts.md.

    .PARAMETER TypeInstanceId
    What the alert is about: the site code, a server or the id of a category. * and ? stand for other characters.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMAlert -Name 'Synchronization failure alert*' | Where-Object AlertState -eq 0 | Select-Object Name, RootCauseMessage

    The active alert of the synchronization, and why it was raised.

    .EXAMPLE
    PS> Get-CMAlert | Select-Object AlertStateName, OccurrenceCount, DateAlertStateModified

    The states of the alerts, and when they changed.

    .OUTPUTS
    IResultObject#SMS_Alert

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmalert

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMAlert

    .LINK
    Suspend-CMAlert

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmalert')]
    [OutputType('IResultObject#SMS_Alert')]
    param(
        [switch] $Fast,

        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByName', Position = 0)]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'SearchByName')]
        [SupportsWildcards()]
        [int] $TypeId,

        [Parameter(ParameterSetName = 'SearchByName')]
        [SupportsWildcards()]
        [string] $TypeInstanceId,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Name', 'TypeId', 'TypeInstanceId'
        if ($Id) {
            $number = Resolve-CMSyncAlertId -InputObject $Id -Caller $PSCmdlet
            if ($null -eq $number) { return }
            $params['id'] = $number
        }
        $params['wildcard'] = $wildcard
        $answer = Invoke-CMSyncMethod -Method 'alert/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'Alert' -InputObject $answer.alerts
    }
}
