function Get-CMSyncSiteFolder {
    # The folder of the site that a command works on. Only the relay is asked: an engine that cannot start does not matter.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $SiteCode,

        $Caller
    )

    $connection = Get-CMSyncConnection -Caller $Caller
    $reply = Select-CMSyncSite -Connection $connection -SiteCode $SiteCode
    if ($null -eq $reply) { return $connection.InstallDir }
    if ($reply.Error) {
        $record = ConvertTo-CMSyncErrorRecord -InputObject $reply.Error -Method 'site/connect'
        if ($SiteCode -and (Test-CMSyncObjectError -Record $record)) { return Write-CMSyncError -Record $record -Caller $Caller }
        $Caller.ThrowTerminatingError($record)
    }
    $data = @{ site = Get-CMSyncSiteLabel -SiteCode $SiteCode; reason = Get-CMSyncEndReason -Connection $connection }
    Stop-CMSyncConnection
    $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'EngineUnreachable' -Data $data -TargetObject $SiteCode))
}
