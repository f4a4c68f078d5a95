function Get-CMSyncNodeEnvironment {
    # What Get-CMSyncNodeCandidate decides on: variables of the process (of the machine where the process has none), and the
    # 64-bit view of the registry, which a 32-bit host does not see by itself.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    $windows = [System.Environment]::OSVersion.Platform -eq 'Win32NT'
    $variables = @{}
    foreach ($name in 'CONFIGMGRSYNC_NODE', 'PATH', 'ProgramW6432', 'ProgramFiles') {
        $variables[$name] = [System.Environment]::GetEnvironmentVariable($name)
    }
    $installPath = ''
    if ($windows) {
        if (-not $variables['CONFIGMGRSYNC_NODE']) {
            $variables['CONFIGMGRSYNC_NODE'] = [System.Environment]::GetEnvironmentVariable('CONFIGMGRSYNC_NODE', 'Machine')
        }
        $hive = [Microsoft.Win32.RegistryKey]::OpenBaseKey('LocalMachine', 'Registry64')
        $key = $hive.OpenSubKey('SOFTWARE\Node.js')
        if ($null -ne $key) {
            $installPath = [string] $key.GetValue('InstallPath')
            $key.Dispose()
        }
        $hive.Dispose()
    }
    @{ Environment = $variables; Windows = $windows; InstallPath = $installPath }
}
