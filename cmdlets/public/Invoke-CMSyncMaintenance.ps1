function Invoke-CMSyncMaintenance {
    <#
    .SYNOPSIS
    Cleans up the site: old expired updates, declined and obsolete updates, the files of documents.

    .DESCRIPTION
    Does now what the settings do after each synchronization. Updates that have been expired long enough leave
    the site database. With "Decline expired updates in WSUS according to supersedence rules" on, these updates are declined
    in the catalogue. With "Remove obsolete updates from the WSUS database" on, updates and revisions that nothing refers to
    are deleted from the catalogue, for 30 minutes at most. Then files of documents are compacted.

    With -WhatIf nothing changes: one message for each update or revision says what would happen to it and why, and -PassThru
    returns them as objects. A new synchronization ends the maintenance early; it continues automatically later. While a
    synchronization runs the command is refused (SyncAlreadyRunning).

    .PARAMETER PassThru
    Returns what was done, or with -WhatIf would be: counts, and in Items up to 1,000 updates or revisions of each kind.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Invoke-CMSyncMaintenance -WhatIf

    Names every update and revision that would be removed, and changes nothing.

    .EXAMPLE
    PS> $preview = Invoke-CMSyncMaintenance -WhatIf -PassThru
    PS> $preview.Items | Group-Object Action
    PS> $preview.Items | Where-Object Action -eq 'DeleteUpdate' | Select-Object LocalizedDisplayName, Reason

    The same as objects: how many of each kind, then the updates that would be deleted from the catalogue.

    .EXAMPLE
    PS> Invoke-CMSyncMaintenance -PassThru

    Cleans up and shows what was removed, declined, deleted and freed.

    .OUTPUTS
    None, or ConfigMgrSync.Maintenance with -PassThru.

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/deploy-use/software-updates-maintenance

    .LINK
    about_ConfigMgrSync

    .LINK
    Sync-CMSoftwareUpdate

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/deploy-use/software-updates-maintenance')]
    [OutputType('ConfigMgrSync.Maintenance')]
    param(
        [switch] $PassThru,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $isPreview = [bool] $WhatIfPreference
        if (-not $isPreview -and -not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Clean up')) { return }

        $params = @{ requestId = [guid]::NewGuid().ToString(); whatIf = $isPreview }
        $answer = Invoke-CMSyncMethod -Method 'maintenance/start' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $maintenance = ConvertTo-CMSyncObject -Kind 'Maintenance' -InputObject $answer.maintenance
        if ($isPreview) { Show-CMSyncMaintenancePreview -Maintenance $maintenance -SiteCode $SiteCode -Caller $PSCmdlet }
        if ($maintenance.Interrupted) {
            Write-Warning 'The maintenance stopped for a synchronization, or because the engine ends. It continues automatically later.'
        }
        if ($PassThru) { $maintenance }
    }
}
