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
    $elevated = $false
    if ($windows) {
        $principal = [System.Security.Principal.WindowsPrincipal] [System.Security.Principal.WindowsIdentity]::GetCurrent()
        $elevated = $principal.IsInRole([System.Security.Principal.WindowsBuiltInRole]::Administrator)
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
    @{ Environment = $variables; Windows = $windows; Elevated = $elevated; InstallPath = $installPath }
}
