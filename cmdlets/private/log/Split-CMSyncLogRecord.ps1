function Split-CMSyncLogRecord {
    # The records of a piece of a log: a line each, in the framing of clients as many lines as the text has.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Text
    )

    $open = ''
    foreach ($line in $Text.TrimStart([char] 0xFEFF) -split '\r?\n') {
        if ($open) {
            $open += "`n" + $line
        } elseif ($line.StartsWith('<![LOG[') -and -not $line.Contains(']LOG]!>')) {
            $open = $line
            continue
        } elseif ($line) {
            $line
        }
        if ($open -and $line.Contains(']LOG]!>')) {
            $open
            $open = ''
        }
    }
    if ($open) { $open }
}
