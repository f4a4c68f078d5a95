function Start-FailingRun {
    # A synchronization of the chosen site that ends at once: nobody listens where it asks.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'Only the site of the checks themselves; the script has asked.')]
    param(
        # What is set of the site before.
        [hashtable] $Setting = @{}
    )

    $source = @{
        SynchronizeAction      = 'SynchronizeFromAnUpstreamDataSourceLocation'
        UpstreamSourceLocation = 'http://127.0.0.1:9'
    }
    Set-CMSoftwareUpdatePointComponent @source @Setting -WarningAction SilentlyContinue
    try { $null = Sync-CMSoftwareUpdate -Wait -WarningAction SilentlyContinue } catch { $null = $_ }
}
