function Save-CMSyncText {
    # Writes a text into a file that the caller names, as UTF-8: true, or false once the reason is written as an error of -Caller.
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'The commands that call it ask.')]
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [string] $Path,

        [string] $Text,

        [switch] $Force,

        $Caller
    )

    $temporary = "$Path.$PID.tmp"
    try {
        # Whoever reads it meanwhile has the file before or this one, never half of it.
        [System.IO.File]::WriteAllBytes($temporary, [System.Text.UTF8Encoding]::new($false).GetBytes($Text))
        if ($Force -and [System.IO.File]::Exists($Path)) {
            [System.IO.File]::Replace($temporary, $Path, [NullString]::Value)
        } else { [System.IO.File]::Move($temporary, $Path) }
        $true
    } catch {
        if ([System.IO.File]::Exists($temporary)) { [System.IO.File]::Delete($temporary) }
        $isThere = -not $Force -and [System.IO.File]::Exists($Path)
        $id = if ($isThere) { 'PackageExists' } else { 'PackageWriteFailed' }
        $folder = [System.IO.Path]::GetDirectoryName($Path)
        $reason = if ([System.IO.Directory]::Exists($folder)) { $_.Exception.GetBaseException().Message } else { "there is no folder $folder" }
        $data = @{ path = $Path; reason = $reason }
        Write-CMSyncError -ErrorId $id -Data $data -TargetObject $Path -Caller $Caller
        $false
    }
}
