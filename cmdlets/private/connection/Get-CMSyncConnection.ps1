function Get-CMSyncConnection {
    # The conversation of this session: the one there is, or a new one that has said hello.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $Caller
    )

    $minimum = 1
    $maximum = 2
    $patience = 30
    $connection = $script:CMSyncConnection
    if ($null -ne $connection) {
        if (-not $connection.Ended -and $connection.Environment -eq (Get-CMSyncEnvironmentMark)) { return $connection }
        Stop-CMSyncConnection
    }
    $connection = Start-CMSyncConnection -Caller $Caller
    $script:CMSyncConnection = $connection
    $hello = @{
        moduleVersion = $script:CMSyncModuleVersion
        contract      = @{ minimum = $minimum; maximum = $maximum }
        processId     = $PID
    }
    $reply = Send-CMSyncRequest -Connection $connection -Method 'hello' -Params $hello -TimeoutSeconds $patience
    if ($reply.Error) {
        Stop-CMSyncConnection
        $Caller.ThrowTerminatingError((ConvertTo-CMSyncErrorRecord -InputObject $reply.Error -Method 'hello'))
    }
    $common = $reply.Result.contract
    if (-not $reply.Ended -and ($common -lt $minimum -or $common -gt $maximum)) {
        Stop-CMSyncConnection
        $data = @{ ours = "$minimum to $maximum"; theirs = $common }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContractMismatch' -Data $data))
    }
    $connection
}
