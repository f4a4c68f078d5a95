# One action with the scheduled task of a site. By cmdlets, because what schtasks.exe says depends on the language and
# the code page.
function Invoke-CMSyncTask {
    [CmdletBinding()]
    [OutputType([string], [long])]
    param([Parameter(Mandatory = $true)] $Given)

    $task = @{ TaskPath = $Given.folder; TaskName = $Given.name }
    switch ($Given.action) {
        'Register' {
            $more = @{ Xml = $Given.xml; Force = $true }
            # The password gets here by standard input and stays inside of PowerShell, never on a command line.
            if ($Given.user) { $more += @{ User = $Given.user; Password = $Given.password } }
            [void] (Register-ScheduledTask @task @more)
        }
        'Export' {
            $found = @(Get-ScheduledTask -TaskPath $Given.folder -ErrorAction SilentlyContinue) |
                Where-Object { $_.TaskName -eq $Given.name }
            if ($found) { [string] (Export-ScheduledTask @task) } else { '' }
        }
        'Result' { [long] (Get-ScheduledTaskInfo @task).LastTaskResult }
        'Enable' { [void] (Enable-ScheduledTask @task) }
        'Disable' { [void] (Disable-ScheduledTask @task) }
        'Start' { Start-ScheduledTask @task }
        'Stop' { Stop-ScheduledTask @task }
        'Unregister' { Unregister-ScheduledTask @task -Confirm:$false }
        default { throw "There is no action $($Given.action)." }
    }
}
