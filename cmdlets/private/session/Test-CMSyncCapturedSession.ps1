function Test-CMSyncCapturedSession {
    # Whether somebody else reads what this session writes, or the session is a remote one, on Windows: an engine that it starts
    # must inherit nothing then, or the reader waits for the end of the engine, and the end of the session ends it.
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') { return $false }
    if (Test-CMSyncRemoteSession) { return $true }
    try {
        [System.Console]::IsInputRedirected -or [System.Console]::IsOutputRedirected -or [System.Console]::IsErrorRedirected
    } catch {
        # A host without a console has ends of its own.
        $true
    }
}
