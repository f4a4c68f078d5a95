function Invoke-PlainScript {
    # Runs lines of Windows PowerShell as this user without the rights of an administrator, and gives what they said.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Folder,

        [string[]] $Line
    )

    $place = Join-Path -Path $Folder -ChildPath 'plain'
    $null = New-Item -ItemType Directory -Path $place -Force
    $me = [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value
    $system = Join-Path -Path $env:SystemRoot -ChildPath 'System32'
    $null = & "$system\icacls.exe" $place /grant "*${me}:(OI)(CI)M"
    $script = Write-CheckScript -Folder $place -Line $Line
    # The trust level of a basic user: Administrators only deny there.
    $program = Join-Path -Path $system -ChildPath 'WindowsPowerShell\v1.0\powershell.exe'
    $null = & "$system\runas.exe" /trustlevel:0x20000 "$program -NoProfile -ExecutionPolicy Bypass -File $script"
    Read-CheckResult -Folder $place
}
