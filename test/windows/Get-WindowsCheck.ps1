function Get-WindowsCheck {
    # What was never tried on Windows, in its order. Each gives one text; Expected is a pattern for it. Session is Elevated, Ordinary or
    # Any; Uses is the check that has to have passed before. The scripts run with $Folder, $SitePath,
    # $NodePath, $MainPath, $ModulePath and $SystemPath.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    @{
        Id = 1; Title = 'The module has its commands'; Session = 'Any'; Expected = '^\d{2,3}$'
        Script = { [string] @(Get-Command -Module ConfigMgrSync).Count }
    }
    @{
        Id = 2; Title = 'A text with an umlaut is sealed and opened'; Session = 'Any'; Expected = '^same$'
        Script = {
            $text = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes([string] [char] 0xE4))
            $seal = Invoke-SystemScript 'Convert-CMSyncSecret' @{ action = 'seal'; value = $text; binding = 'AA==' }
            $open = Invoke-SystemScript 'Convert-CMSyncSecret' @{ action = 'open'; value = $seal.value; binding = 'AA==' }
            if ($open.value -eq $text) { 'same' } else { "seal: $($seal.error) open: $($open.error)" }
        }
    }
    @{
        Id = 3; Title = 'An account that is none has a readable reason'; Session = 'Any'; Expected = '^S-1-5-32-544 .+'
        Script = {
            $answer = Invoke-SystemScript 'Resolve-CMSyncAccount' @{ accounts = @('S-1-5-32-544', 'no such account') }
            "$($answer.value[0].sid) $($answer.value[1].reason)$($answer.error)"
        }
    }
    @{
        Id = 4; Title = 'A new site is for SYSTEM, Administrators and who made it'; Session = 'Elevated'
        Expected = '^protected S-1-5-18 S-1-5-32-544( S-1-5-21-[\d-]+)?$'
        Script = {
            $null = New-CMSyncSite -SiteCode T01 -Path $SitePath
            $item = (Invoke-SystemScript 'Read-CMSyncAccess' @{ paths = @($SitePath) }).value.items[0]
            $kind = if ($item.isProtected) { 'protected' } else { 'inherits' }
            "$kind $(@($item.entries.sid | Sort-Object -Property Length -Unique) -join ' ')"
        }
    }
    @{
        Id = 5; Title = 'Users make no folder beside the sites'; Session = 'Ordinary'; Expected = '^denied$'
        Script = {
            $other = "$env:ProgramData\ConfigMgrSync\AAA"
            try {
                $null = New-Item -ItemType Directory -Path $other -ErrorAction Stop
                Remove-Item -LiteralPath $other
                'made'
            } catch [UnauthorizedAccessException] {
                'denied'
            }
        }
    }
    @{
        Id = 6; Title = 'A captured command gives its end, and the engine lives on'; Session = 'Elevated'; Uses = 4
        Expected = '^ended, engine running$'
        Script = {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $null = cmd /c "`"$NodePath`" `"$MainPath`" status --site-path `"$SitePath`" --json 2>&1 | findstr /r ."
            $engine = Get-Content -LiteralPath "$SitePath\engine.json" -Raw | ConvertFrom-Json
            $lives = $null -ne (Get-Process -Id $engine.processId -ErrorAction SilentlyContinue)
            $seconds = [int] $watch.Elapsed.TotalSeconds
            if ($seconds -lt 30 -and $lives) { 'ended, engine running' } else { "after $seconds s, engine running: $lives" }
        }
    }
    @{
        Id = 7; Title = 'A second engine finds the lock taken'; Session = 'Elevated'; Uses = 6; Expected = '^0$'
        Script = {
            $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'engine', '--site-path', $SitePath, '--idle-seconds', '1'
            [string] $LASTEXITCODE
        }
    }
    @{
        Id = 8; Title = 'A copy of a site has an engine of its own'; Session = 'Elevated'; Uses = 6; Expected = '^two engines$'
        Script = {
            $copy = "$Folder\copy"
            Copy-Item -Recurse -LiteralPath $SitePath -Destination $copy -ErrorAction SilentlyContinue
            $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'status', '--site-path', $copy, '--json'
            $engines = foreach ($site in $SitePath, $copy) {
                (Get-Content -LiteralPath "$site\engine.json" -Raw | ConvertFrom-Json).processId
            }
            if ($engines[0] -ne $engines[1]) { 'two engines' } else { 'one engine for both' }
        }
    }
    @{
        Id = 9; Title = 'The drive of a site'; Session = 'Elevated'; Uses = 4; Expected = '^CMSite$'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            (Get-PSDrive -Name T01).Provider.Name
        }
    }
    @{
        Id = 10; Title = 'A service is installed, starts and is SYSTEM'; Session = 'Elevated'; Uses = 4
        Expected = '^Running NT AUTHORITY\\SYSTEM$'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            # Twice: its own name is not taken.
            $null = Install-CMSyncService
            $null = Install-CMSyncService
            $service = Start-CMSyncService -PassThru
            "$($service.State) $($service.Account)"
        }
    }
    @{
        Id = 11; Title = 'The installation wrote event 710'; Session = 'Elevated'; Uses = 10; Expected = '^710$'
        Script = {
            $filter = @{ LogName = 'Application'; ProviderName = 'ConfigMgrSync'; Id = 710 }
            [string] (Get-WinEvent -FilterHashtable $filter -MaxEvents 1).Id
        }
    }
    @{
        Id = 12; Title = 'A stopped service stays disabled, and its heartbeat ended'; Session = 'Elevated'; Uses = 10
        Expected = '^Disabled Ended$'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            $null = Stop-CMSyncService
            $task = Get-ScheduledTask -TaskPath '\ConfigMgrSync\' -TaskName T01
            $beat = Get-Content -LiteralPath "$SitePath\heartbeat.json" -Raw | ConvertFrom-Json
            "$($task.State) $($beat.state)"
        }
    }
    @{
        Id = 13; Title = 'A service is not installed from a folder that others can write'; Session = 'Elevated'; Uses = 4
        Expected = '^ServiceProgramNotTrusted ServiceProgramNotTrusted$'
        Script = {
            $said = foreach ($other in "$env:PUBLIC\cmsync-check", "$env:SystemDrive\cmsync-nodejs-check") {
                $null = New-Item -ItemType Directory -Path $other -Force
                try {
                    Copy-Item -LiteralPath $NodePath -Destination "$other\node.exe"
                    $text = Invoke-CheckProgram -Path "$other\node.exe" -Argument $MainPath, 'service', 'install', '--site-path', $SitePath
                    ($text -split ':')[0].Trim()
                } finally {
                    Remove-Item -Recurse -Force -LiteralPath $other
                }
            }
            $said -join ' '
        }
    }
    @{
        Id = 14; Title = 'A link in the place of Transfer is refused, also to a volume, and what is behind it stays'; Session = 'Elevated'
        Uses = 4; Expected = '^(SiteFolderNotTrusted kept ?){2}$'
        Script = {
            $target = "$Folder\target"
            $null = New-Item -ItemType Directory -Path $target
            Set-Content -LiteralPath "$target\old.txt" -Value 'x'
            Remove-Item -Recurse -Force -LiteralPath "$SitePath\Transfer"
            $volume = (Get-Volume -DriveLetter $env:SystemDrive.Substring(0, 1)).UniqueId
            $all = foreach ($place in $target, "$volume$($target.Substring(3))") {
                $null = cmd /c mklink /J "$SitePath\Transfer" $place
                $said = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'run', 'list', '--site-path', $SitePath
                $null = cmd /c rmdir "$SitePath\Transfer"
                $kept = if (Test-Path -LiteralPath "$target\old.txt") { 'kept' } else { 'removed' }
                "$(($said -split ':')[0].Trim()) $kept"
            }
            # Back as it was, for the checks that follow.
            $null = New-Item -ItemType Directory -Path "$SitePath\Transfer"
            $all -join ' '
        }
    }
    Get-WindowsAccountCheck
    Get-WindowsAccessCheck
    Get-WindowsFileCheck
}
