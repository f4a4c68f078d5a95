function Receive-CMSyncMessage {
    # The next message of the child, or nothing when none is complete after a tenth of a second. Ctrl+C is answered between
    # two calls; the read under way stays with the connection, so no byte is lost.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [hashtable] $Connection
    )

    $poll = 100
    while ($true) {
        if ($Connection.ChunkEnd -gt $Connection.ChunkStart) { Read-CMSyncFrame -Connection $Connection }
        if ($Connection.Ended) { return }
        $body = $Connection.Body
        if ($null -ne $body -and $Connection.BodyFilled -eq $body.Length) {
            $Connection.Body = $null
            $Connection.BodyFilled = 0
            return ConvertFrom-Json -InputObject ([System.Text.Encoding]::UTF8.GetString($body))
        }
        if ($Connection.ChunkEnd -gt $Connection.ChunkStart) { continue }

        if ($null -eq $Connection.ReadTask) {
            # The rest of a long body goes straight to its place.
            $Connection.ReadTask = if ($null -ne $body) {
                $Connection.Output.ReadAsync($body, $Connection.BodyFilled, $body.Length - $Connection.BodyFilled)
            } else {
                $Connection.Output.ReadAsync($Connection.Chunk, 0, $Connection.Chunk.Length)
            }
        }
        Read-CMSyncErrorOutput -Connection $Connection
        $task = $Connection.ReadTask
        if ([System.Threading.Tasks.Task]::WaitAny([System.Threading.Tasks.Task[]] @($task), $poll) -lt 0) { return }
        $Connection.ReadTask = $null
        $count = if ($task.Status -eq 'RanToCompletion') { $task.Result } else { 0 }
        if ($count -eq 0) {
            $Connection.Ended = 'the process ended'
        } elseif ($null -ne $body) {
            $Connection.BodyFilled += $count
        } else {
            $Connection.ChunkStart = 0
            $Connection.ChunkEnd = $count
        }
    }
}
