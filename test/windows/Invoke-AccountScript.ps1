function Invoke-AccountScript {
    # Runs lines of Windows PowerShell as an account of the system, by a task that is removed again, and gives what they said.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Account,

        [string] $Folder,

        [string[]] $Line
    )

    # A folder that this account may write: the service accounts may not in that of the checks.
    $place = Join-Path -Path $Folder -ChildPath "as-$Account"
    $null = New-Item -ItemType Directory -Path $place -Force
    $system = Join-Path -Path $env:SystemRoot -ChildPath 'System32'
    $null = & "$system\icacls.exe" $place /grant "*${Account}:(OI)(CI)M"
    $script = Write-CheckScript -Folder $place -Line $Line
    $program = Join-Path -Path $system -ChildPath 'WindowsPowerShell\v1.0\powershell.exe'
    $argument = "-NoProfile -ExecutionPolicy Bypass -File `"$script`""
    $task = @{ TaskPath = '\ConfigMgrSync\'; TaskName = 'Check' }
    $action = New-ScheduledTaskAction -Execute $program -Argument $argument
    $principal = New-ScheduledTaskPrincipal -UserId $Account -LogonType ServiceAccount
    $null = Register-ScheduledTask @task -Action $action -Principal $principal -Force
    try {
        Start-ScheduledTask @task
        Read-CheckResult -Folder $place
    } finally {
        Unregister-ScheduledTask @task -Confirm:$false
    }
}
