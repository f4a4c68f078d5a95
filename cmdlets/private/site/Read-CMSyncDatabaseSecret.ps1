function Read-CMSyncDatabaseSecret {
    # The address of a database in PostgreSQL, which holds a password, or its key: as given, of a file or of the environment. Nothing,
    # once the reason is written as an error of -Caller.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [ValidateSet('Address', 'Key')]
        [string] $Kind,

        [securestring] $Secret,

        [string] $File,

        $Caller
    )

    if ($Secret -and $File) {
        $data = @{ reason = "Give -Database$Kind or -Database${Kind}File, not both" }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
    }
    $variable = @{ Address = 'CONFIGMGRSYNC_DATABASE_URL'; Key = 'CONFIGMGRSYNC_DATABASE_KEY' }[$Kind]
    $inherited = [System.Environment]::GetEnvironmentVariable($variable)
    $reason = "neither -Database$Kind, -Database${Kind}File nor $variable gives one"
    if ($File) {
        $path = Resolve-CMSyncPath -Path $File -Caller $Caller
        try {
            return [System.IO.File]::ReadAllText($path).Trim()
        } catch {
            $reason = "the file $path cannot be read ($($_.Exception.GetBaseException().Message.TrimEnd('.')))"
        }
    } elseif (-not $Secret -and $inherited) {
        return $inherited.Trim()
    }
    $text = if ($Secret) { (New-Object -TypeName System.Net.NetworkCredential -ArgumentList '', $Secret).Password.Trim() }
    if ($text) { return $text }
    $errorId = @{ Address = 'DatabaseAddressInvalid'; Key = 'DatabaseKeyInvalid' }[$Kind]
    Write-CMSyncError -ErrorId $errorId -Data @{ reason = $reason } -Caller $Caller
}
