function Watch-CMSyncLog {
    # The new entries of a log as they are written, for ever: from State.Position of State.Path on. A file that became shorter was
    # rolled over: the rest of the old one comes first.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.LogEntry')]
    param(
        [hashtable] $State
    )

    while ($true) {
        $file = [System.IO.FileInfo]::new($State.Path)
        if ($file.Exists -and $file.Length -lt $State.Position) {
            Read-CMSyncLogEntry -State $State -Path $State.Older -Position $State.Position
            $State.Position = 0
        }
        Read-CMSyncLogEntry -State $State -Path $State.Path -Position $State.Position
        Start-Sleep -Milliseconds 250
    }
}
