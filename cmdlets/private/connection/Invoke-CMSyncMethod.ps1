function Invoke-CMSyncMethod {
    # The one way to the engine. A child that died is started once more and asked again (a request that changes something
    # carries a requestId, so it is done once). An error that concerns one object is written and nothing comes back; any other ends the
    # command of -Caller. With -EachItem any error the engine answers to one of the objects of a pipeline is written.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Method,

        [hashtable] $Params = @{},

        [Parameter(Mandatory = $true)]
        $Caller,

        [string] $SiteCode,

        [int] $WatchRun,

        [string] $Activity,

        [switch] $EachItem
    )

    Assert-CMSyncLanguageMode
    Resolve-CMSyncSpelling -Params $Params -Caller $Caller
    $attempts = 2
    $wait = @{ Activity = $Activity; Caller = $Caller }
    for ($attempt = 1; $attempt -le $attempts; $attempt++) {
        $connection = Get-CMSyncConnection -Caller $Caller
        if (-not $connection.Ended) {
            $isOfRelay = $Method -match '^(site/(new|attach|list|connect|restore)|schedule/\w+)$'
            $reply = if (-not $isOfRelay) { Select-CMSyncSite -Connection $connection -SiteCode $SiteCode }
            # Without the site of the session no command is possible; one that is named is an object like others.
            $isOfSession = $null -ne $reply -and -not $SiteCode
            if ($null -eq $reply -and $WatchRun) {
                $reply = Send-CMSyncRequest -Connection $connection -Method 'run/watch' -Params @{ id = $WatchRun }
                if (-not $reply.Error -and -not $reply.Ended) { $reply = $null }
            }
            if ($null -eq $reply) {
                $of = if (-not $isOfRelay) { " of site $($connection.SiteCode)" }
                $Caller.WriteVerbose("Request $Method$of")
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                $reply = Send-CMSyncRequest -Connection $connection -Method $Method -Params $Params @wait
                $outcome = if ($reply.Error) { 'refused' } elseif ($reply.Ended) { 'not answered' } else { 'answered' }
                $Caller.WriteVerbose("Request $Method ${outcome} after $($clock.ElapsedMilliseconds) ms")
            }
            if ($reply.Error) {
                $record = ConvertTo-CMSyncErrorRecord -InputObject $reply.Error -Method $Method
                $script:CMSyncRefusal = $record
                $isOfObject = -not $isOfSession -and (Test-CMSyncObjectError -Record $record)
                if ($EachItem -and $Caller.MyInvocation.ExpectingInput) { $isOfObject = $true }
                if ($isOfObject) { return Write-CMSyncError -Record $record -Caller $Caller }
                $Caller.ThrowTerminatingError($record)
            }
            if (-not $reply.Ended) { return $reply.Result }
        }
        $reason = Get-CMSyncEndReason -Connection $connection
        Stop-CMSyncConnection
    }
    $data = @{ site = Get-CMSyncSiteLabel -SiteCode $SiteCode; reason = $reason }
    $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'EngineUnreachable' -Data $data -TargetObject $Method))
}
