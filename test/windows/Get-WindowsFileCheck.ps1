function Get-WindowsFileCheck {
    # The checks of who answers on a pipe, of the compiled class, of what commands print, of a held log, and of folders above a site;
    # they follow those of Get-WindowsAccessCheck.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    @{
        Id = 31; Title = 'An operator who serves the pipe of an engine is asked nothing'; Session = 'Elevated'; Uses = 4
        Expected = '^answered, then HelloRefused: asked hello$'
        Script = {
            $list = { Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'run', 'list', '--site-path', $SitePath }
            $null = & $list
            $note = Get-Content -LiteralPath "$SitePath\engine.json" -Raw | ConvertFrom-Json
            Stop-CheckEngine -SitePath $SitePath
            $said = "$Folder\operator.txt"
            $operator = Start-CheckOperator -SitePath $SitePath -NodePath $NodePath -SaidPath $said
            try {
                # The process of the note is gone: another engine is started, which has a pipe of its own.
                $null = & $list
                $first = if ($LASTEXITCODE -eq 0 -and -not ((Get-Content -LiteralPath $said) -like 'asked*')) { 'answered' } else { 'not answered' }
                Stop-CheckEngine -SitePath $SitePath
                # As if the engine lived and the session came to the operator.
                $note.processId = $PID
                ConvertTo-Json -InputObject $note -Compress | Set-Content -LiteralPath "$SitePath\engine.json" -Encoding ASCII
                $reason = & $list
            } finally {
                Stop-Process -Id $operator.Id -Force
                Remove-Item -LiteralPath "$SitePath\engine.json"
            }
            "$first, then $(($reason -split ':')[0].Trim()): $(Get-Content -LiteralPath $said | Select-Object -Last 1)"
        }
    }
    @{
        Id = 32; Title = 'The compiled class that sets access lists is taken'; Session = 'Any'; Expected = '^compiled True$'
        Script = {
            $compiled = "$SystemPath\CMSyncOpenedFile.dll"
            if (-not (Test-Path -LiteralPath $compiled)) { return 'not tried: it lies in a package alone (npm run package)' }
            . "$SystemPath\Open-CMSyncFile.ps1"
            $file = Open-CMSyncFile -Path ([System.IO.Path]::GetTempPath().TrimEnd('\'))
            try {
                $from = if (('CMSyncOpenedFile' -as [type]).Assembly.Location -eq $compiled) { 'compiled' } else { 'made here' }
                "$from $($file.IsFolder)"
            } finally {
                $file.Dispose()
            }
        }
    }
    @{
        Id = 33; Title = 'What an after-sync command prints is read by the code page of the console'; Session = 'Elevated'; Uses = 4
        Expected = '^gr\u00FCn$'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            $hook = @{
                AfterSyncCommand  = Join-Path -Path $env:SystemRoot -ChildPath 'System32\cmd.exe'
                AfterSyncArgument = '/c', "echo gr$([char] 0xFC)n"
            }
            Start-FailingRun -Setting $hook
            $lines = for ($look = 0; $look -lt 50; $look++) {
                $found = Get-Content -LiteralPath "$SitePath\Logs\wsyncmgr.log" -Encoding UTF8 | Where-Object { $_ -like 'After-sync command: *' }
                if ($found) { $found; break }
                Start-Sleep -Milliseconds 200
            }
            Set-CMSoftwareUpdatePointComponent -AfterSyncCommand ''
            (@($lines)[-1] -replace '^After-sync command: ' -split '~')[0].Trim()
        }
    }
    @{
        Id = 34; Title = 'A log that is held loses no line'; Session = 'Elevated'; Uses = 4; Expected = '^nothing while it was held, then all$'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            $log = "$SitePath\Logs\wsyncmgr.log"
            $reader = [System.IO.File]::Open($log, 'Open', 'Read', 'None')
            try { $before = $reader.Length; Start-FailingRun; $held = $reader.Length - $before } finally { $reader.Dispose() }
            for ($look = 0; $look -lt 50 -and (Get-Item -LiteralPath $log).Length -eq $before; $look++) { Start-Sleep -Milliseconds 200 }
            $more = [System.Text.Encoding]::UTF8.GetString([System.IO.File]::ReadAllBytes($log)).Substring([int] $before)
            $isAll = $more -match 'STATMSG: ID=6703' -and $more -notmatch 'could not be written'
            "$(if ($held -eq 0) { 'nothing' } else { "$held bytes" }) while it was held, then $(if ($isAll) { 'all' } else { $more })"
        }
    }
    @{
        Id = 35; Title = 'A folder above a site that everybody may rename is refused, made anew, and put right'; Session = 'Elevated'
        Expected = '^(SiteFolderNotTrusted|not refused) made SiteFolderNotTrusted usable$'
        Script = {
            $above = "$env:SystemDrive\cmsync-above-check"
            $site = "$above\T03"
            $try = { param($Work) try { & $Work } catch { $_.FullyQualifiedErrorId -replace ',.*$' } }
            $icacls = Join-Path -Path $env:SystemRoot -ChildPath 'System32\icacls.exe'
            try {
                $null = New-Item -ItemType Directory -Path $above
                $said = @(& $try { $null = New-CMSyncSite -SiteCode T03 -Path $site; 'not refused' })
                # The drive of a server gives its folders no entry that would let everybody rename them.
                Stop-CheckEngine -SitePath $site
                Remove-Item -Recurse -Force -LiteralPath $above
                $said += & $try { $null = New-CMSyncSite -SiteCode T03 -Path $site; 'made' }
                $null = & $icacls $above '/grant' '*S-1-5-11:M'
                $null = Connect-CMSyncSite -SitePath $site
                $said += & $try { $null = Get-CMSyncRun; 'not refused' }
                $said += & $try { Repair-CMSyncSiteAccess -IncludeParent -Confirm:$false; $null = Get-CMSyncRun; 'usable' }
                $said -join ' '
            } finally {
                Stop-CheckEngine -SitePath $site
                if (Test-Path -LiteralPath $above) { Remove-Item -Recurse -Force -LiteralPath $above }
            }
        }
    }
    @{
        Id = 36; Title = 'A service is stopped though somebody else answers for its engine'; Session = 'Elevated'; Uses = 10
        Expected = '^Disabled gone$'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            $null = Install-CMSyncService
            $null = Start-CMSyncService
            $note = Get-Content -LiteralPath "$SitePath\engine.json" -Raw | ConvertFrom-Json
            # As if the session came to a second server of the pipe; Node.js itself makes none beside the first.
            $note.address = "$($note.address)x"
            ConvertTo-Json -InputObject $note -Compress | Set-Content -LiteralPath "$SitePath\engine.json" -Encoding ASCII
            $operator = Start-CheckOperator -SitePath $SitePath -NodePath $NodePath -SaidPath "$Folder\operator36.txt"
            try {
                $null = Stop-CMSyncService -WarningAction SilentlyContinue
                $task = Get-ScheduledTask -TaskPath '\ConfigMgrSync\' -TaskName T01
                "$($task.State) $(if (Get-Process -Id $note.processId -ErrorAction SilentlyContinue) { 'lives' } else { 'gone' })"
            } finally {
                Stop-Process -Id $operator.Id -Force
                $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'service', 'uninstall', '--site-path', $SitePath
            }
        }
    }
}
