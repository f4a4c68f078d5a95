function Invoke-CMSyncMethod {
    # The one way to the engine. A child that died is started once more and asked again (a request that changes something
    # carries a requestId, so it is done once); an error ends the command of -Caller with its ErrorRecord. With -EachItem an error the
    # engine answers to one of the objects of a pipeline is written instead, nothing comes back and the others have their turn.
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
            $isOfRelay = $Method -match '^(site/(new|list|connect|restore)|schedule/\w+)$'
            $reply = if (-not $isOfRelay) { Select-CMSyncSite -Connection $connection -SiteCode $SiteCode }
            if ($null -eq $reply -and $WatchRun) {
                $reply = Send-CMSyncRequest -Connection $connection -Method 'run/watch' -Params @{ id = $WatchRun }
                if (-not $reply.Error -and -not $reply.Ended) { $reply = $null }
            }
            if ($null -eq $reply) { $reply = Send-CMSyncRequest -Connection $connection -Method $Method -Params $Params @wait }
            if ($reply.Error) {
                $record = ConvertTo-CMSyncErrorRecord -InputObject $reply.Error -Method $Method
                if ($EachItem -and $Caller.MyInvocation.ExpectingInput) { return $Caller.WriteError($record) }
                $script:CMSyncRefusal = $record
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
