function Test-CMSyncRemoteSession {
    # Whether the session is one of WinRM or JEA, or came through OpenSSH: Windows can end all its processes with it.
    [CmdletBinding()]
    [OutputType([bool])]
    param()

    if ($null -ne (Get-Variable -Name PSSenderInfo -Scope Global -ErrorAction Ignore)) { return $true }
    -not [string]::IsNullOrEmpty([System.Environment]::GetEnvironmentVariable('SSH_CONNECTION'))
}
