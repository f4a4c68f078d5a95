function Stop-CMSyncConnection {
    # Closes the child's input, which ends the relay; the engine of the site goes on as long as it has work.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'It ends only the process that this session started.')]
    [OutputType([void])]
    param()

    $connection = $script:CMSyncConnection
    $script:CMSyncConnection = $null
    if ($null -eq $connection) { return }
    try {
        $connection.Input.Dispose()
        if (-not $connection.Process.WaitForExit(500) -and $connection.Ended) { $connection.Process.Kill() }
    } catch {
        Write-Verbose -Message "The relay had already ended: $($_.Exception.Message)"
    }
    $connection.Process.Dispose()
}
