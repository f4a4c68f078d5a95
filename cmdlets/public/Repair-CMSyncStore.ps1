function Repair-CMSyncStore {
    <#
    .SYNOPSIS
    Mends what Test-CMSyncStore finds damaged.

    .DESCRIPTION
    Documents that are damaged or missing are fetched from the upstream again. Files of the database that were damaged while
    the engine had it in memory are written anew without loss. A database that no engine can open is mended up to the last
    transaction that can be read, with -AcceptLoss only: without it the command says what would be lost and changes nothing.
    Where nothing of the database can be read, -Rebuild makes it again from the documents, which hold all updates and categories;
    settings, history and what was set for single updates are lost, and the site synchronizes from nowhere until its source is set.
    The files as they were are kept in the folder that Backup names.

    .PARAMETER AcceptLoss
    Mends the database although transactions are lost.

    .PARAMETER Rebuild
    Makes a database that cannot be read again from the documents. Restore a backup rather, where there is one.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Repair-CMSyncStore

    Fetches damaged documents again.

    .EXAMPLE
    PS> $result = Repair-CMSyncStore -AcceptLoss
    PS> $result.Lost

    Mends the database and shows what was lost.

    .OUTPUTS
    ConfigMgrSync.StoreRepair: Repaired (documents), Failed (documents that stay damaged), Rewritten,
    Rebuilt (documents from which the database was made again), Lost, Backup, and
    Remaining (damage that cannot be mended).

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/deploy-use/software-updates-maintenance

    .LINK
    about_ConfigMgrSync

    .LINK
    Test-CMSyncStore
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/deploy-use/software-updates-maintenance')]
    [OutputType('ConfigMgrSync.StoreRepair')]
    param(
        [switch] $AcceptLoss,

        [switch] $Rebuild,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Mend what is damaged')) { return }

        $atOnce = 200
        $params = @{ requestId = [guid]::NewGuid().ToString(); acceptLoss = [bool] $AcceptLoss }
        if ($Rebuild) { $params['rebuild'] = $true }
        $database = Invoke-CMSyncMethod -Method 'store/repair' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $database) { return }
        $report = Get-CMSyncStoreReport -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $report) { return }
        $damage = @($report.Findings | Where-Object { $_.Severity -eq 'Damage' })
        $revisions = @($damage | Where-Object { $_.Repair -eq 'Fetch' -and $null -ne $_.RevisionId } | ForEach-Object { [int] $_.RevisionId })
        $answers = for ($at = 0; $at -lt $revisions.Count; $at += $atOnce) {
            $params = @{ requestId = [guid]::NewGuid().ToString(); revisions = [int[]] @($revisions | Select-Object -Skip $at -First $atOnce) }
            Invoke-CMSyncMethod -Method 'store/repair' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        }
        $repaired = 0
        foreach ($answer in $answers) { $repaired += $answer.repaired }
        $failed = @($answers | ForEach-Object { $_.failed } | Where-Object { $_ })
        [pscustomobject]@{
            PSTypeName = 'ConfigMgrSync.StoreRepair'
            Repaired   = $repaired
            Failed     = [object[]] @(if ($failed.Count -gt 0) { ConvertTo-CMSyncObject -Kind 'FailedUpdate' -InputObject $failed })
            Rewritten  = [bool] $database.rewritten
            Rebuilt    = [int] $database.rebuilt
            Lost       = $database.lost
            Backup     = $database.backup
            Remaining  = [object[]] @($damage | Where-Object { $_.Repair -ne 'Fetch' })
        }
    }
}
