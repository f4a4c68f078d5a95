function Start-CMSyncProcess {
    # Windows PowerShell puts the preamble of the console's input encoding before the first byte of a child's input (a UTF-8
    # console has one). The protocol takes no byte order mark, so the console has an encoding without one for that moment.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'The process belongs to this session and ends with it; reading commands need it too.')]
    [OutputType([System.Diagnostics.Process])]
    param(
        [System.Diagnostics.ProcessStartInfo] $StartInfo,

        # The encoding that the console has, and what sets it; replaced in tests.
        [System.Text.Encoding] $Found,

        [scriptblock] $Set = { param($Encoding) [System.Console]::InputEncoding = $Encoding }
    )

    $before = $null
    try {
        if ($null -eq $Found) { $Found = [System.Console]::InputEncoding }
        if ($Found.GetPreamble().Length -gt 0) {
            & $Set ([System.Text.UTF8Encoding]::new($false))
            # Only what was changed is put back: without a console both would fail.
            $before = $Found
        }
    } catch {
        Write-Verbose -Message "The encoding of the console could not be changed: $($_.Exception.Message)"
    }
    try {
        [System.Diagnostics.Process]::Start($StartInfo)
    } finally {
        if ($null -ne $before) { & $Set $before }
    }
}
