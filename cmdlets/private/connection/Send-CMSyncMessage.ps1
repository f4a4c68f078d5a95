function Send-CMSyncMessage {
    # Writes one framed message as bytes. A child that does not read stops nobody: the wait is polled.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [hashtable] $Connection,

        [hashtable] $Message
    )

    $maximumDepth = 10
    $body = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $Message -Compress -Depth $maximumDepth))
    $header = [System.Text.Encoding]::ASCII.GetBytes("Content-Length: $($body.Length)`r`n`r`n")
    $frame = [byte[]]::new($header.Length + $body.Length)
    [System.Array]::Copy($header, 0, $frame, 0, $header.Length)
    [System.Array]::Copy($body, 0, $frame, $header.Length, $body.Length)
    try {
        $writing = $Connection.Input.WriteAsync($frame, 0, $frame.Length)
        while (-not $writing.Wait(100)) {
            Read-CMSyncErrorOutput -Connection $Connection
        }
        $Connection.Input.Flush()
    } catch [System.Management.Automation.MethodInvocationException] {
        $Connection.Ended = $_.Exception.GetBaseException().Message
    }
}
