function Watch-CMSyncLog {
    # The new entries of a log as they are written, for ever: from State.Position of State.Path on. When the older file is another than
    # State.OlderMark the log was rolled over, however long the new one is by now: the rest of the old one comes first. A log that
    # only became shorter was begun again.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.LogEntry')]
    param(
        [hashtable] $State
    )

    while ($true) {
        $mark = Get-CMSyncFileMark -Path $State.Older
        if ($mark -and $mark -ne $State.OlderMark) {
            $State.OlderMark = $mark
            Read-CMSyncLogEntry -State $State -Path $State.Older -Position $State.Position
            $State.Position = 0
        }
        $file = [System.IO.FileInfo]::new($State.Path)
        if ($file.Exists -and $file.Length -lt $State.Position) { $State.Position = 0 }
        Read-CMSyncLogEntry -State $State -Path $State.Path -Position $State.Position
        Start-Sleep -Milliseconds 250
    }
}
