function Get-CMSyncLocalMachineRoot {
    # The root certificates of this Windows machine in PEM form: Node.js brings roots of its own and does not look there.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        $Caller
    )

    if ([System.Environment]::OSVersion.Platform -ne 'Win32NT') {
        $data = @{ reason = '-UseLocalMachineRoot reads the certificate store of Windows; give the file with -SourceCABundle here' }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
    }
    $store = [System.Security.Cryptography.X509Certificates.X509Store]::new('Root', 'LocalMachine')
    $store.Open('ReadOnly')
    try {
        $parts = foreach ($certificate in $store.Certificates) {
            '-----BEGIN CERTIFICATE-----'
            [System.Convert]::ToBase64String($certificate.RawData, 'InsertLineBreaks')
            '-----END CERTIFICATE-----'
        }
        $parts -join "`n"
    } finally {
        $store.Close()
    }
}
