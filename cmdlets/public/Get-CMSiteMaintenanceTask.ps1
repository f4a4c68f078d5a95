function Get-CMSiteMaintenanceTask {
    <#
    .SYNOPSIS
    Gets the maintenance tasks of the site.

    .DESCRIPTION
    A site here has two of the product's tasks, and both are disabled until Set-CMSiteMaintenanceTask enables them.
    Delete Aged Status Messages removes old status messages. Delete Aged Log Data removes old synchronizations, with what they changed;
    the newest 100 and the newest 10 that succeeded always stay. MaintenanceTask and LastRunTime are not in the ConfigMgr module.

    .PARAMETER Name
    The name of the task. * and ? stand for other characters.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards. That is the default here.

    .EXAMPLE
    PS> Get-CMSiteMaintenanceTask

    Shows what is removed when it is old enough.

    .EXAMPLE
    PS> Get-CMSiteMaintenanceTask -Name '*Messages' | Set-CMSiteMaintenanceTask -Enabled $true -DeleteOlderThanDays 90

    Removes status messages of more than 90 days.

    .OUTPUTS
    IResultObject#SMS_SCI_SQLTask

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitemaintenancetask

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSiteMaintenanceTask
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsitemaintenancetask')]
    [OutputType('IResultObject#SMS_SCI_SQLTask')]
    param(
        [Alias('ItemName', 'MaintenanceTaskName', 'TaskName')]
        [string] $Name,

        [string] $SiteCode,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Name'
        $params['wildcard'] = $wildcard
        $answer = Invoke-CMSyncMethod -Method 'maintenanceTask/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'MaintenanceTask' -InputObject $answer.tasks
    }
}
