function Read-CMSyncErrorOutput {
    # Takes what the child wrote to its error output and keeps the end of it for messages. Never waits.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [hashtable] $Connection
    )

    $kept = 4000
    while ($true) {
        $task = $Connection.ErrorTask
        if ($null -ne $task) {
            if (-not $task.IsCompleted) { return }
            if ($task.IsFaulted -or $task.Result -eq 0) { return }
            $text = $Connection.ErrorText + [System.Text.Encoding]::UTF8.GetString($Connection.ErrorChunk, 0, $task.Result)
            $Connection.ErrorText = $text.Substring([System.Math]::Max(0, $text.Length - $kept))
        }
        $Connection.ErrorTask = $Connection.Error.ReadAsync($Connection.ErrorChunk, 0, $Connection.ErrorChunk.Length)
    }
}
