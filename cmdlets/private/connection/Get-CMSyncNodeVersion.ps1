function Get-CMSyncNodeVersion {
    # What the program says to --version, or nothing when it is no Node.js or does not answer.
    [CmdletBinding()]
    [OutputType([version])]
    param(
        [string] $Path
    )

    $patience = 10000
    $start = [System.Diagnostics.ProcessStartInfo]::new($Path, '--version')
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    try {
        $process = [System.Diagnostics.Process]::Start($start)
        $reading = $process.StandardOutput.ReadToEndAsync()
        if (-not $reading.Wait($patience)) {
            $process.Kill()
            return
        }
        if ($reading.Result.Trim() -match '^v(\d+\.\d+\.\d+)') { return [version] $Matches[1] }
    } catch {
        Write-Verbose -Message "$Path did not run: $($_.Exception.Message)"
    }
}
