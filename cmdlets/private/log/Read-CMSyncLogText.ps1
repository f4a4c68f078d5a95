function Read-CMSyncLogText {
    # What a log has from a position on, up to its last whole line: a hashtable with Text and Position. The writer is not disturbed,
    # it may even rename the file meanwhile. Nothing there: no text.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [string] $Path,

        [long] $Position
    )

    $result = @{ Text = ''; Position = $Position }
    if (-not [System.IO.File]::Exists($Path)) { return $result }
    try {
        $share = [System.IO.FileShare] 'ReadWrite, Delete'
        $stream = [System.IO.FileStream]::new($Path, [System.IO.FileMode]::Open, [System.IO.FileAccess]::Read, $share)
    } catch [System.IO.FileNotFoundException], [System.IO.DirectoryNotFoundException] {
        return $result
    }
    try {
        if ($stream.Length -le $Position) { return $result }
        [void] $stream.Seek($Position, [System.IO.SeekOrigin]::Begin)
        $bytes = [byte[]]::new($stream.Length - $Position)
        $count = 0
        while ($count -lt $bytes.Length) {
            $read = $stream.Read($bytes, $count, $bytes.Length - $count)
            if ($read -eq 0) { break }
            $count += $read
        }
        $whole = if ($count -gt 0) { [Array]::LastIndexOf($bytes, [byte] 10, $count - 1) + 1 } else { 0 }
        $result.Text = [System.Text.Encoding]::UTF8.GetString($bytes, 0, $whole)
        $result.Position = $Position + $whole
        $result
    } finally {
        $stream.Dispose()
    }
}
