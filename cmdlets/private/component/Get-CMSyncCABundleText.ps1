function Get-CMSyncCABundleText {
    # The PEM text of a file; an empty path clears the setting.
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
        if ($text -notmatch '-----BEGIN CERTIFICATE-----') { $reason = 'it holds no certificate in PEM form' }
    } catch {
        $reason = $_.Exception.GetBaseException().Message
    }
    if ($reason) {
        $data = @{ path = $Path; reason = $reason }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'CABundleInvalid' -Data $data -TargetObject $Path))
    }
    $text
}
