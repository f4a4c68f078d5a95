function Repair-CMSyncStore {
    <#
    .SYNOPSIS
    Repairs what Test-CMSyncStore finds damaged.

    .DESCRIPTION
    Documents that are damaged or missing are fetched from the upstream again. Files of the database that were damaged while
    the engine had it in memory are rewritten without loss. A database that no engine can open is repaired up to the last
    readable transaction, but only with -AcceptLoss. Without it the command shows what would be lost and changes nothing.
    If nothing of the database can be read, -Rebuild rebuilds it from the documents, which contain all updates and categories.
    Settings, history and changes to single updates are lost, and the site does not synchronize until you set its source.
    The damaged files are kept in the folder that Backup names.

    .PARAMETER AcceptLoss
    Repairs the database even if transactions are lost.

    .PARAMETER Rebuild
    Rebuilds an unreadable database from the documents. If you have a backup, restore it instead.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Repair-CMSyncStore

    Fetches damaged documents again.

    .EXAMPLE
    PS> $result = Repair-CMSyncStore -AcceptLoss
    PS> $result.Lost

    Repairs the database and shows what was lost.

    .OUTPUTS
    ConfigMgrSync.StoreRepair: Repaired (documents), Failed (documents that are still damaged), Rewritten,
    Rebuilt (documents from which the database was rebuilt), Lost, Backup, and
    Remaining (damage that cannot be repaired).

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
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Repair damage')) { return }

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
