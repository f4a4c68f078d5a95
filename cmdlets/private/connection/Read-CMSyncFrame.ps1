function Read-CMSyncFrame {
    # Moves unused bytes into the header and, once that is complete, into the body of the message.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [hashtable] $Connection
    )

    $longestHeader = 4096
    if ($null -eq $Connection.Body) {
        $known = $Connection.Header.Length
        $some = [System.Math]::Min($Connection.ChunkEnd - $Connection.ChunkStart, $longestHeader)
        $header = $Connection.Header + [System.Text.Encoding]::ASCII.GetString($Connection.Chunk, $Connection.ChunkStart, $some)
        $end = $header.IndexOf("`r`n`r`n", [System.StringComparison]::Ordinal)
        if ($end -lt 0) {
            $Connection.Header = $header
            $Connection.ChunkStart += $some
            if ($header.Length -gt $longestHeader) { $Connection.Ended = 'its output is not the protocol' }
            return
        }
        if ($header.Substring(0, $end) -notmatch '(?im)^Content-Length:\s*(\d{1,9})\s*$') {
            $Connection.Ended = 'its output is not the protocol'
            return
        }
        $Connection.ChunkStart += $end + 4 - $known
        $Connection.Header = ''
        $Connection.Body = [byte[]]::new([int] $Matches[1])
        $Connection.BodyFilled = 0
    }
    $missing = $Connection.Body.Length - $Connection.BodyFilled
    $count = [System.Math]::Min($Connection.ChunkEnd - $Connection.ChunkStart, $missing)
    [System.Array]::Copy($Connection.Chunk, $Connection.ChunkStart, $Connection.Body, $Connection.BodyFilled, $count)
    $Connection.BodyFilled += $count
    $Connection.ChunkStart += $count
}
