function Get-CMSyncCABundleText {
    # The PEM text of a file; an empty path clears the setting. Nothing comes back of a file that is of no use, which is told.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Path,

        $Caller
    )

    if (-not $Path) { return '' }
    $reason = $null
    try {
        $file = Resolve-CMSyncPath -Path $Path -Caller $Caller
        $text = [System.IO.File]::ReadAllText($file)
        if ($text -notmatch '-----BEGIN CERTIFICATE-----') { $reason = 'it contains no certificate in PEM form' }
    } catch {
        $reason = $_.Exception.GetBaseException().Message
    }
    if ($reason) {
        $data = @{ path = $Path; reason = $reason }
        return Write-CMSyncError -ErrorId 'CABundleInvalid' -Data $data -TargetObject $Path -Caller $Caller
    }
    $text
}
