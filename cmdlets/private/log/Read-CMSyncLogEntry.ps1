function Read-CMSyncLogEntry {
    # The entries of one file of a log from a position on that meet the filter; -State (Filter, Position) remembers how far it came.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.LogEntry')]
    param(
        [hashtable] $State,

        [string] $Path,

        [long] $Position
    )

    $read = Read-CMSyncLogText -Path $Path -Position $Position
    $State.Position = $read.Position
    foreach ($record in Split-CMSyncLogRecord -Text $read.Text) {
        $entry = ConvertFrom-CMSyncLogRecord -Record $record -Path $Path
        if (Test-CMSyncLogEntry -Entry $entry -Filter $State.Filter) { $entry }
    }
}
