function Get-CMSyncEndReason {
    # Why the child is gone: what the connection saw, its exit code, the last lines of its error output.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [hashtable] $Connection
    )

    $patience = 500
    $lines = 5
    $reason = [string] $Connection.Ended
    if ($Connection.Process.WaitForExit($patience)) {
        $reason += ", exit code $($Connection.Process.ExitCode)"
        if ($null -ne $Connection.ErrorTask) {
            [void] [System.Threading.Tasks.Task]::WaitAny([System.Threading.Tasks.Task[]] @($Connection.ErrorTask), $patience)
        }
    }
    Read-CMSyncErrorOutput -Connection $Connection
    $last = @($Connection.ErrorText -split '\r?\n' -match '\S')
    if ($last.Count -gt 0) {
        $reason += ': ' + ($last[[System.Math]::Max(0, $last.Count - $lines)..($last.Count - 1)] -join ' / ')
    }
    $reason
}
