@{
    RootModule           = 'cmdlets/ConfigMgrSync.psm1'
    ModuleVersion        = '0.2.0'
    GUID                 = '6f1b6c1e-6d0e-4c53-9a6e-2f6d5c0f3b7a'
    Author               = 'The ConfigMgrSync engineers'
    CompanyName          = 'ConfigMgrSync'
    Copyright            = '(c) The ConfigMgrSync engineers. MIT licence.'
    Description          = 'Synchronizes software updates as Configuration Manager does, with its commands, without Windows Server, WSUS or SQL Server.'
    PowerShellVersion    = '5.1'
    CompatiblePSEditions = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    TypesToProcess       = @('cmdlets/ConfigMgrSync.Types.ps1xml')
    FormatsToProcess     = @('cmdlets/ConfigMgrSync.Format.ps1xml')
    FunctionsToExport    = @(
        'Add-CMSoftwareUpdatePoint'
        'Backup-CMSyncSite'
        'Connect-CMSyncSite'
        'Convert-CMSchedule'
        'Export-CMSyncCatalog'
        'Export-CMSyncCertificate'
        'Get-CMAlert'
        'Get-CMComponentStatusMessage'
        'Get-CMSite'
        'Get-CMSiteComponent'
        'Get-CMSiteStatusMessage'
        'Get-CMSiteSystemServer'
        'Get-CMSoftwareUpdate'
        'Get-CMSoftwareUpdateCategory'
        'Get-CMSoftwareUpdateContentInfo'
        'Get-CMSoftwareUpdateGroup'
        'Get-CMSoftwareUpdatePoint'
        'Get-CMSoftwareUpdatePointComponent'
        'Get-CMSoftwareUpdateSummarizationSchedule'
        'Get-CMSoftwareUpdateSyncStatus'
        'Get-CMSyncChange'
        'Get-CMSyncHealth'
        'Get-CMSyncLog'
        'Get-CMSyncRun'
        'Get-CMSyncStatusToken'
        'Import-CMSyncCatalog'
        'Install-CMSyncService'
        'Invoke-CMSoftwareUpdateSummarization'
        'Invoke-CMSyncMaintenance'
        'New-CMSchedule'
        'New-CMSiteSystemServer'
        'New-CMSyncJoinToken'
        'New-CMSyncSite'
        'New-CMSyncStatusToken'
        'Remove-CMSoftwareUpdatePoint'
        'Remove-CMSyncStatusToken'
        'Repair-CMSyncSiteAccess'
        'Repair-CMSyncStore'
        'Restore-CMSyncSite'
        'Revoke-CMSyncSite'
        'Save-CMSoftwareUpdate'
        'Set-CMAlert'
        'Set-CMSiteSystemServer'
        'Set-CMSoftwareUpdate'
        'Set-CMSoftwareUpdatePoint'
        'Set-CMSoftwareUpdatePointComponent'
        'Set-CMSoftwareUpdateSummarizationSchedule'
        'Start-CMSyncService'
        'Stop-CMSyncRun'
        'Stop-CMSyncService'
        'Sync-CMSoftwareUpdate'
        'Test-CMSyncSource'
        'Test-CMSyncStore'
        'Uninstall-CMSyncService'
        'Update-CMSyncSiteKey'
        'Wait-CMSyncRun'
    )
    CmdletsToExport      = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('ConfigMgr', 'SCCM', 'WSUS', 'SoftwareUpdates', 'Synchronization', 'Patching',
                'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
