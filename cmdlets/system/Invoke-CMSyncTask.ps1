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
        'Protect' {
            $service = New-Object -ComObject Schedule.Service
            $service.Connect()
            $folder = $service.GetFolder($Given.folder.TrimEnd('\'))
            # Whoever made the folder first owns it and what is in it. The folder first: its list reaches the task.
            $folder.SetSecurityDescriptor($Given.folderList, 0)
            $found = $folder.GetTask($Given.name)
            $found.SetSecurityDescriptor($Given.taskList, 0)
            foreach ($place in $folder, $found) {
                # 1: the owner, who could change the list again.
                $owner = $place.GetSecurityDescriptor(1)
                if ($owner -notmatch '^O:(BA|SY)') { throw "$($place.Path) still belongs to $($owner -replace '^O:|G:.*$')." }
            }
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
