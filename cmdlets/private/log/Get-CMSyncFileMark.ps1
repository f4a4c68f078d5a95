function Get-CMSyncFileMark {
    # What tells one content of a file from another without reading it: its length and when it was written; nothing for no file.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Path
    )

    $file = [System.IO.FileInfo]::new($Path)
    if ($file.Exists) { '{0} {1}' -f $file.Length, $file.LastWriteTimeUtc.Ticks }
}
