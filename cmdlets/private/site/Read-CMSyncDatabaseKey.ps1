function Read-CMSyncDatabaseKey {
    # The key of the database of a site: as given, of a file or of the environment. Nothing, once the reason is written as an error
    # of -Caller.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [securestring] $Key,

        [string] $File,

        $Caller
    )

    if ($Key -and $File) {
        $data = @{ reason = 'Give -DatabaseKey or -DatabaseKeyFile, not both' }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
    }
    $reason = 'neither -DatabaseKey, -DatabaseKeyFile nor CONFIGMGRSYNC_DATABASE_KEY gives one'
    if ($File) {
        $path = Resolve-CMSyncPath -Path $File -Caller $Caller
        try {
            return [System.IO.File]::ReadAllText($path).Trim()
        } catch {
            $reason = "the file $path cannot be read ($($_.Exception.GetBaseException().Message.TrimEnd('.')))"
        }
    } elseif (-not $Key -and $env:CONFIGMGRSYNC_DATABASE_KEY) {
        return $env:CONFIGMGRSYNC_DATABASE_KEY.Trim()
    }
    $text = if ($Key) { (New-Object -TypeName System.Net.NetworkCredential -ArgumentList '', $Key).Password.Trim() }
    if ($text) { return $text }
    Write-CMSyncError -ErrorId 'DatabaseKeyInvalid' -Data @{ reason = $reason } -Caller $Caller
}
