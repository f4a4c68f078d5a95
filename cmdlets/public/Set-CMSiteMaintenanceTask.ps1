function Set-CMSiteMaintenanceTask {
    <#
    .SYNOPSIS
    Sets when old rows of the site are removed.

    .DESCRIPTION
    Sets how long status messages (DeleteAgedStatusMessages) and synchronizations with what they changed (DeleteAgedLogData) stay.
    They are removed within a minute, then once a day. The newest 100 synchronizations, the newest 10 that succeeded and the newest
    status message always stay.

    .PARAMETER FixedRun
    No effect here, and a warning says so.

    .PARAMETER RunIntervalMins
    No effect here, and a warning says so.

    .PARAMETER RunNow
    No effect here, and a warning says so.

    .PARAMETER SummaryTask
    A summary task. A site here has none, and the error says so.

    .PARAMETER BeginTime
    No effect here, and a warning says so. Old rows are removed once a day.

    .PARAMETER DaysOfWeek
    No effect here, and a warning says so.

    .PARAMETER DeleteOlderThanDays
    Rows of more days are removed. Default of a new site: 180.

    .PARAMETER DeviceName
    No effect here, and a warning says so.

    .PARAMETER EnableAlert
    No effect here, and a warning says so.

    .PARAMETER Enabled
    $true: the task removes old rows. $false, the default of a new site: they stay.

    .PARAMETER InputObject
    A task from Get-CMSiteMaintenanceTask, or a copy saved with Export-Clixml. Its name and its site are used.

    .PARAMETER LatestBeginTime
    No effect here, and a warning says so.

    .PARAMETER Name
    The name of the task, such as Delete Aged Status Messages. * and ? stand for other characters.

    .PARAMETER MaintenanceTask
    The task: DeleteAgedStatusMessages or DeleteAgedLogData. A site here has no other, and the error says so.

    .PARAMETER SiteBackupPath
    No effect here, and a warning says so.

    .PARAMETER SqlBackupPath
    No effect here, and a warning says so.

    .PARAMETER PassThru
    Also returns the changed tasks.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards. That is the default here.

    .EXAMPLE
    PS> Set-CMSiteMaintenanceTask -MaintenanceTask DeleteAgedStatusMessages -Enabled $true -DeleteOlderThanDays 90

    Removes status messages of more than 90 days.

    .EXAMPLE
    PS> Set-CMSiteMaintenanceTask -Name 'Delete Aged Log Data' -Enabled $false

    Keeps all synchronizations.

    .INPUTS
    IResultObject#SMS_SCI_SQLTask

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_SCI_SQLTask

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsitemaintenancetask

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSiteMaintenanceTask
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SetSummaryTaskByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsitemaintenancetask')]
    [OutputType('IResultObject#SMS_SCI_SQLTask')]
    param(
        [Parameter(ParameterSetName = 'SetSummaryTaskByName')]
        [Alias('FixedRunInterval', 'DisableFixedRunInterval')]
        [switch] $FixedRun,

        [Parameter(ParameterSetName = 'SetSummaryTaskByName')]
        [Alias('RunIntervalMinutes')]
        [int] $RunIntervalMins,

        [Parameter(ParameterSetName = 'SetSummaryTaskByName')]
        [switch] $RunNow,

        [Parameter(ParameterSetName = 'SetSummaryTaskByName', Mandatory = $true)]
        [ValidateSet('UpdateApplicationCatalogTables')]
        [string] $SummaryTask,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [datetime] $BeginTime,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [ValidateSet('Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday')]
        [string[]] $DaysOfWeek,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [Alias('DeleteOlderThan', 'DeleteThanOlderDays')]
        [ValidateRange(1, 36500)]
        [int] $DeleteOlderThanDays,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [string] $DeviceName,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [Alias('EnabledAlert')]
        [bool] $EnableAlert,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [bool] $Enabled,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('MaintenanceTaskObject')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [datetime] $LatestBeginTime,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName', Mandatory = $true)]
        [Alias('MaintenanceTaskName', 'TaskName', 'ItemName')]
        [SupportsWildcards()]
        [ValidateLength(1, 256)]
        [string] $Name,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName', Mandatory = $true)]
        [ValidateSet(
            'BackupSiteServer', 'CheckApplicationTitleWithInventoryInformation', 'ClearUndiscoveredClients',
            'DeleteAgedApplicationRequestData', 'DeleteUnusedApplicationRevisions', 'DeleteAgedClientOperations',
            'DeleteAgedCollectedFiles', 'DeleteAgedComputerAssociationData', 'DeleteAgedDeleteDetectionData',
            'DeleteAgedDeviceWipeRecord', 'DeleteAgedDiscoveryData', 'DeleteAgedEnrolledDevices',
            'DeleteAgedEndpointProtectionHealthStatusHistoryData', 'DeleteAgedDevicesManagedByTheExchangeServerConnector',
            'DeleteAgedInventoryHistory', 'DeleteAgedLogData', 'DeleteAgedSoftwareMeteringData',
            'DeleteAgedSoftwareMeteringSummaryData', 'DeleteAgedClientPresenceHistory', 'DeleteAgedNotificationTaskHistory',
            'DeleteAgedReplicationTrackingData', 'DeleteAgedReplicationSummaryData', 'DeleteAgedStatusMessages',
            'DeleteAgedThreatData', 'DeleteAgedUnknownComputers', 'DeleteAgedUserDeviceAffinityData',
            'DeleteInactiveClientDiscoveryData', 'DeleteObsoleteAlerts', 'DeleteObsoleteClientDiscoveryData',
            'DeleteObsoleteForestDiscoverySitesAndSubnets', 'EvaluateProvisionedAmtComputerCertificates', 'MonitorKeys',
            'RebuildIndexes', 'SummarizeSoftwareMeteringFileUsageData', 'SummarizeInstalledSoftwareData',
            'SummarizeSoftwareMeteringMonthlyUsageData', 'DeleteAgedDistributionPointUsageStats', 'DeleteAgedProxyTrafficData'
        )]
        [string] $MaintenanceTask,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [string] $SiteBackupPath,

        [Parameter(ParameterSetName = 'SetMaintenanceTasksByValue')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByTaskName')]
        [Parameter(ParameterSetName = 'SetMaintenanceTasksByName')]
        [string] $SqlBackupPath,

        [switch] $PassThru,

        [string] $SiteCode,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $task = Resolve-CMSyncMaintenanceTask -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $task) { return }
        $target = "maintenance task $($task.Params['name']) of site $(Get-CMSyncSiteLabel -SiteCode $task.SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($target, 'Set maintenance task')) { return }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Enabled', 'DeleteOlderThanDays'
        $params += $task.Params + @{ requestId = [guid]::NewGuid().ToString() }
        $answer = Invoke-CMSyncMethod -Method 'maintenanceTask/set' -Params $params -SiteCode $task.SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        foreach ($warning in @($task.Warnings) + @($answer.warnings)) { $PSCmdlet.WriteWarning($warning) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'MaintenanceTask' -InputObject $answer.tasks }
    }
}
