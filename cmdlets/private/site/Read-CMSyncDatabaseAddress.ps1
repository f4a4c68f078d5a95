function Read-CMSyncDatabaseAddress {
    # The address of a database in PostgreSQL: as given, of a file or of the environment. It holds a password.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [securestring] $Address,

        [string] $File,

        $Caller
    )

    if ($Address -and $File) {
        $data = @{ reason = 'Give -DatabaseAddress or -DatabaseAddressFile, not both' }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
    }
    $reason = 'neither -DatabaseAddress, -DatabaseAddressFile nor CONFIGMGRSYNC_DATABASE_URL gives one'
    if ($File) {
        $path = Resolve-CMSyncPath -Path $File -Caller $Caller
        try {
            return [System.IO.File]::ReadAllText($path).Trim()
        } catch {
            $reason = "the file $path cannot be read ($($_.Exception.GetBaseException().Message.TrimEnd('.')))"
        }
    } elseif (-not $Address -and $env:CONFIGMGRSYNC_DATABASE_URL) {
        return $env:CONFIGMGRSYNC_DATABASE_URL.Trim()
    }
    $text = if ($Address) { (New-Object -TypeName System.Net.NetworkCredential -ArgumentList '', $Address).Password.Trim() }
    if ($text) { return $text }
    Write-CMSyncError -ErrorId 'DatabaseAddressInvalid' -Data @{ reason = $reason } -Caller $Caller
}
