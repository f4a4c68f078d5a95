function Get-WindowsAccountCheck {
    # The checks that act as another account, or in another kind of session; they follow those of Get-WindowsCheck.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    @{
        Id = 15; Title = 'Users make nothing in the folder of all sites'; Session = 'Any'; Expected = '^none$'
        Script = {
            $root = "$env:ProgramData\ConfigMgrSync"
            if (-not (Test-Path -LiteralPath $root)) { return 'not tried: there is no folder of all sites yet' }
            $item = (Invoke-SystemScript 'Read-CMSyncAccess' @{ paths = @($root) }).value.items[0]
            # WriteData, AppendData: files and folders.
            $writes = @($item.entries | Where-Object { $_.sid -in 'S-1-5-32-545', 'S-1-1-0', 'S-1-5-11' -and ($_.rights -band 6) -ne 0 })
            if ($writes.Count -eq 0) { 'none' } else { @($writes.sid) -join ' ' }
        }
    }
    @{
        Id = 16; Title = 'A task of SYSTEM loads the module and finds Node.js'; Session = 'Elevated'; Expected = 'SiteNotFound'
        Script = {
            $lines = "Import-Module '$ModulePath'", 'try { Get-CMSyncRun -SiteCode T99 } catch { $_.FullyQualifiedErrorId }'
            Invoke-AccountScript -Account 'S-1-5-18' -Folder $Folder -Line $lines
        }
    }
    @{
        Id = 17; Title = 'LOCAL SERVICE writes an event with the source that is there'; Session = 'Elevated'; Uses = 11; Expected = '^703$'
        Script = {
            $given = '{"source":"ConfigMgrSync","id":703,"level":"Error","text":"A check of the Application log."}'
            $lines = ". '$SystemPath\Write-CMSyncEvent.ps1'", "Write-CMSyncEvent ('$given' | ConvertFrom-Json)"
            $said = Invoke-AccountScript -Account 'S-1-5-19' -Folder $Folder -Line $lines
            $filter = @{ LogName = 'Application'; ProviderName = 'ConfigMgrSync'; Id = 703 }
            "$((Get-WinEvent -FilterHashtable $filter -MaxEvents 1).Id)$said"
        }
    }
    @{
        Id = 18; Title = 'A session that is not elevated is told of elevation, or answered'; Session = 'Elevated'; Uses = 4
        Expected = 'LastSyncState|elevated'
        Script = {
            # The service of check 10 would be the one that answers.
            $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'service', 'uninstall', '--site-path', $SitePath
            $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'status', '--site-path', $SitePath, '--json'
            Invoke-PlainScript -Folder $Folder -Line "& '$NodePath' '$MainPath' status --site-path '$SitePath' --json 2>&1"
        }
    }
    @{
        Id = 19; Title = 'Who is not elevated makes no second server of the pipe'; Session = 'Elevated'; Uses = 18
        Expected = 'UnauthorizedAccessException|IOException'
        Script = {
            $address = (Get-Content -LiteralPath "$SitePath\engine.json" -Raw | ConvertFrom-Json).address
            $name = $address.Substring('\\.\pipe\'.Length)
            $lines = "try { (New-Object IO.Pipes.NamedPipeServerStream '$name', 'InOut', 10).Dispose(); 'made' }",
            'catch { $_.Exception.GetBaseException().GetType().Name }'
            Invoke-PlainScript -Folder $Folder -Line $lines
        }
    }
    @{
        Id = 20; Title = 'An engine of a remote session lives on, or the command warned'; Session = 'Elevated'; Uses = 4
        Expected = '^(lives|warned)$'
        Script = {
            $isOpen = Test-WSMan -ComputerName localhost -ErrorAction SilentlyContinue
            if (-not $isOpen) { return 'not tried: remoting is off (Enable-PSRemoting)' }
            $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'service', 'uninstall', '--site-path', $SitePath
            $note = "$SitePath\engine.json"
            if (Test-Path -LiteralPath $note) {
                Stop-Process -Id (Get-Content -LiteralPath $note -Raw | ConvertFrom-Json).processId -Force -ErrorAction SilentlyContinue
            }
            $said = Invoke-Command -ComputerName localhost -ArgumentList $ModulePath, $SitePath -ScriptBlock {
                param($Module, $Site)
                Import-Module $Module
                $null = Connect-CMSyncSite -SitePath $Site
                try { $null = Sync-CMSoftwareUpdate -WarningVariable said -WarningAction SilentlyContinue } catch { $null = $_ }
                @($said).Count
            }
            $engine = (Get-Content -LiteralPath $note -Raw | ConvertFrom-Json).processId
            if (Get-Process -Id $engine -ErrorAction SilentlyContinue) { 'lives' } elseif ($said -gt 0) { 'warned' } else { 'ended unsaid' }
        }
    }
    @{
        Id = 21; Title = 'A task with a stored password is disabled, and an account without the batch right is told of it'
        Session = 'Elevated'; Uses = 4; Expected = '^disabled .*Log on as a batch job'
        Script = {
            $user = 'cmsync-check'
            $plain = "Aa1!$([guid]::NewGuid())"
            $net = Join-Path -Path $env:SystemRoot -ChildPath 'System32\net.exe'
            $null = Invoke-CheckProgram -Path $net -Argument 'user', $user, $plain, '/add', '/y'
            if ($LASTEXITCODE -ne 0) { return 'not tried: the account for the check could not be made' }
            $disabled = ''
            try {
                $null = Connect-CMSyncSite -SitePath $SitePath
                $secret = New-Object -TypeName System.Security.SecureString
                foreach ($letter in $plain.ToCharArray()) { $secret.AppendChar($letter) }
                $account = New-Object -TypeName System.Management.Automation.PSCredential -ArgumentList ".\$user", $secret
                $null = Install-CMSyncService -Credential $account
                $null = Stop-CMSyncService
                $disabled = ([string] (Get-ScheduledTask -TaskPath '\ConfigMgrSync\' -TaskName T01).State).ToLower()
                $null = Start-CMSyncService
                "$disabled it started"
            } catch {
                "$disabled $_"
            } finally {
                $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'service', 'uninstall', '--site-path', $SitePath
                $null = Invoke-CheckProgram -Path $net -Argument 'user', $user, '/delete'
            }
        }
    }
    @{
        Id = 22; Title = 'The package is what its catalogue says'; Session = 'Any'; Expected = '^Valid$'
        Script = {
            $package = Split-Path -Path $ModulePath
            $catalogue = "$package\ConfigMgrSync.cat"
            if (-not (Test-Path -LiteralPath $catalogue)) { return 'not tried: the package is not signed' }
            [string] (Test-FileCatalog -Path $package -CatalogFilePath $catalogue -FilesToSkip 'ConfigMgrSync.cat')
        }
    }
    @{
        Id = 23; Title = 'Task and folder of tasks belong to Administrators, and nobody else changes them'; Session = 'Elevated'; Uses = 10
        Expected = '^(BA|S-1-5-32-544) 0, (BA|S-1-5-32-544) 0$'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            $null = Install-CMSyncService
            try {
                $service = New-Object -ComObject Schedule.Service
                $service.Connect()
                $tasks = $service.GetFolder('\ConfigMgrSync')
                # 5: owner and list.
                $said = foreach ($place in $tasks, $tasks.GetTask('T01')) { Read-ListText -Text $place.GetSecurityDescriptor(5) }
                $said -join ', '
            } finally {
                $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'service', 'uninstall', '--site-path', $SitePath
            }
        }
    }
}
