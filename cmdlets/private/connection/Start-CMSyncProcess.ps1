function Start-CMSyncProcess {
    # Windows PowerShell puts the preamble of the console's input encoding before the first byte of a child's input (a UTF-8
    # console has one). The protocol takes no byte order mark, so the console has an encoding without one for that moment.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'The process belongs to this session and ends with it; reading commands need it too.')]
    [OutputType([System.Diagnostics.Process])]
    param(
        [System.Diagnostics.ProcessStartInfo] $StartInfo
    )

    $before = $null
    try {
        if ([System.Console]::InputEncoding.GetPreamble().Length -gt 0) {
            $found = [System.Console]::InputEncoding
            [System.Console]::InputEncoding = [System.Text.UTF8Encoding]::new($false)
            # Only what was changed is put back: without a console both would fail.
            $before = $found
        }
    } catch {
        Write-Verbose -Message "There is no console whose encoding could be changed: $($_.Exception.Message)"
    }
    try {
        [System.Diagnostics.Process]::Start($StartInfo)
    } finally {
        if ($null -ne $before) { [System.Console]::InputEncoding = $before }
    }
}
