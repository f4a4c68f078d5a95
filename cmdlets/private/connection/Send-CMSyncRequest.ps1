function Send-CMSyncRequest {
    # One request and the wait for its answer: a hashtable with Result, Error or Ended (the child is gone). Leaving before the
    # answer is there means Ctrl+C: the request is cancelled.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [hashtable] $Connection,

        [string] $Method,

        [hashtable] $Params,

        [string] $Activity,

        [int] $TimeoutSeconds,

        $Caller
    )

    $ahead = $Connection.Ahead
    $isSent = $null -ne $ahead -and [object]::ReferenceEquals($ahead.Params, $Params)
    if ($isSent) { $Connection.Ahead = $null }
    $id = if ($isSent) { $ahead.Id } else { ($Connection.NextId++) }
    $progress = @{ Activity = $Activity; Last = $null; Latest = $null; Phase = ''; Caller = $Caller }
    # It begins again with each step that is shown; the other one counts the whole wait.
    $progress.Clock = [System.Diagnostics.Stopwatch]::StartNew()
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    $done = $false
    try {
        if (-not $isSent) { Send-CMSyncMessage -Connection $Connection -Message @{ jsonrpc = '2.0'; id = $id; method = $Method; params = $Params } }
        while (-not $Connection.Ended) {
            $message = if ($isSent -and $null -ne $ahead.Message) { $ahead.Message } else { Receive-CMSyncMessage -Connection $Connection }
            if ($null -ne $message) {
                if (-not $isSent -and $null -ne $ahead -and $message.id -eq $ahead.Id) { $ahead.Message = $message }
                if ($message.method -eq 'run/progress') {
                    $progress.Latest = $message.params
                    if ($null -ne $Caller -and $message.params.Phase -ne $progress.Phase) {
                        $progress.Phase = $message.params.Phase
                        $Caller.WriteVerbose("Phase $($progress.Phase): $($message.params.Activity)")
                    }
                }
                if ($message.id -eq $id -and -not $message.method) {
                    $done = $true
                    return @{ Result = $message.result; Error = $message.error; Ended = $null }
                }
            }
            if ($Activity) { Show-CMSyncProgress -State $progress }
            if ($TimeoutSeconds -gt 0 -and $clock.Elapsed.TotalSeconds -gt $TimeoutSeconds) {
                $Connection.Ended = "no answer to $Method within $TimeoutSeconds seconds"
            }
        }
        $done = $true
        @{ Result = $null; Error = $null; Ended = $Connection.Ended }
    } finally {
        if ($null -ne $progress.Last) { Write-Progress -Activity $Activity -Status ' ' -Completed }
        if (-not $done) {
            Send-CMSyncMessage -Connection $Connection -Message @{ jsonrpc = '2.0'; method = '$/cancelRequest'; params = @{ id = $id } }
        }
    }
}
