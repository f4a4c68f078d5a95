function Get-WindowsAccessCheck {
    # The checks of access lists, of links that are no plain ones, and of who opens the pipe; they follow those of
    # Get-WindowsAccountCheck.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param()

    @{
        Id = 24; Title = 'Operators read a site, put files into Transfer, and cannot open the lock'; Session = 'Elevated'; Uses = 4
        Expected = '^1200A9 1200AB,1301BF 1200A9 120080$'
        Script = {
            # Guests: nobody who runs this is one of them.
            $null = New-CMSyncSite -SiteCode T02 -Path "$Folder\T02" -Operator 'S-1-5-32-546'
            $paths = "$Folder\T02", "$Folder\T02\Transfer", "$Folder\T02\Transfer\.folder", "$Folder\T02\engine.lock"
            $items = (Invoke-SystemScript 'Read-CMSyncAccess' @{ paths = $paths }).value.items
            @($items | ForEach-Object { Get-AccountRight -Item $_ -Sid 'S-1-5-32-546' }) -join ' '
        }
    }
    @{
        Id = 25; Title = 'Repair-CMSyncSiteAccess puts all below right'; Session = 'Elevated'; Uses = 24; Expected = '^all inherit$'
        Script = {
            Set-Content -LiteralPath "$Folder\T02\Logs\own.txt" -Value 'x'
            $icacls = Join-Path -Path $env:SystemRoot -ChildPath 'System32\icacls.exe'
            $null = & $icacls "$Folder\T02\Logs\own.txt" /inheritance:r /grant '*S-1-5-32-546:(M)' '*S-1-5-32-544:(F)'
            $null = Connect-CMSyncSite -SitePath "$Folder\T02"
            $null = Repair-CMSyncSiteAccess -Confirm:$false
            # What has a list of its own is that of check 24.
            $paths = @(Get-ChildItem -Recurse -Force -LiteralPath "$Folder\T02" | ForEach-Object { $_.FullName }) |
                Where-Object { $_ -notmatch '\\(Transfer|Transfer\\\.folder|engine\.lock)$' }
            $wrong = foreach ($item in (Invoke-SystemScript 'Read-CMSyncAccess' @{ paths = @($paths) }).value.items) {
                $own = @($item.entries | Where-Object { -not $_.isInherited }).Count
                if ($item.owner -ne 'S-1-5-32-544' -or $item.isProtected -or $own -gt 0 -or $item.reason) { $item.path }
            }
            if (@($wrong).Count -eq 0) { 'all inherit' } else { "not right: $(@($wrong) -join ', ')" }
        }
    }
    @{
        Id = 26; Title = 'Nothing outside gets a list, through a junction, a junction to a volume, or a second name'
        Session = 'Elevated'; Uses = 25; Expected = '^(SiteFolderNotTrusted kept ?){3}$'
        Script = {
            $outside = "$Folder\outside"
            $null = New-Item -ItemType Directory -Path $outside
            Set-Content -LiteralPath "$outside\secret.txt" -Value 'x'
            $volume = (Get-Volume -DriveLetter $env:SystemDrive.Substring(0, 1)).UniqueId
            $list = { "$((Get-Acl -LiteralPath $outside).Sddl)$((Get-Acl -LiteralPath "$outside\secret.txt").Sddl)" }
            $before = & $list
            $put = "$Folder\T02\documents\put"
            $null = Connect-CMSyncSite -SitePath "$Folder\T02"
            $ways = "mklink /J `"$put`" `"$outside`"", "mklink /J `"$put`" `"$volume$($outside.Substring(3))`"",
            "mklink /H `"$put`" `"$outside\secret.txt`""
            $said = foreach ($way in $ways) {
                $null = cmd /c $way
                if (-not (Test-Path -LiteralPath $put)) { "not made: $way"; continue }
                $reason = try { $null = Repair-CMSyncSiteAccess -Confirm:$false; 'done' } catch { $_.FullyQualifiedErrorId -replace ',.*$' }
                if ($way -like '*/J*') { cmd /c rmdir $put } else { Remove-Item -LiteralPath $put }
                if ((& $list) -eq $before) { "$reason kept" } else { "$reason changed" }
            }
            $said -join ' '
        }
    }
    @{
        Id = 27; Title = 'Node.js tells where a junction to a volume leads'; Session = 'Elevated'; Uses = 26
        Expected = '^(true|false) (true|false) true$'
        Script = {
            $volume = (Get-Volume -DriveLetter $env:SystemDrive.Substring(0, 1)).UniqueId
            $put = "$Folder\volume"
            $null = cmd /c mklink /J $put "$volume$("$Folder\outside".Substring(3))"
            # A link, a folder, and the path of what is behind it.
            $script = 'const f=require(''fs''),[p,t]=process.argv.slice(1),s=f.lstatSync(p);' +
            'console.log(s.isSymbolicLink(),s.isDirectory(),f.realpathSync.native(p).toLowerCase()===t.toLowerCase())'
            & $NodePath -e $script $put "$Folder\outside"
            cmd /c rmdir $put
        }
    }
    @{
        Id = 28; Title = 'The pipe of a service lets in whom the folder lets in'; Session = 'Elevated'; Uses = 10
        Expected = '^D:P(?!.*;;;(WD|AN|AU|BU|LS|NS)\))\(A;;FA;;;SY\)\(A;;FA;;;BA\)'
        Script = {
            $null = Connect-CMSyncSite -SitePath $SitePath
            $null = Install-CMSyncService
            $null = Start-CMSyncService
            $name = (Get-Content -LiteralPath "$SitePath\engine.json" -Raw | ConvertFrom-Json).address.Substring('\\.\pipe\'.Length)
            $lines = '$rights = [IO.Pipes.PipeAccessRights] ''ReadWrite''; $none = [IO.Pipes.PipeOptions]::None',
            '$level = [Security.Principal.TokenImpersonationLevel]::Identification; $heirs = [IO.HandleInheritability]::None',
            "`$pipe = New-Object IO.Pipes.NamedPipeClientStream '.', '$name', `$rights, `$none, `$level, `$heirs",
            'try { $pipe.Connect(5000); $pipe.GetAccessControl().GetSecurityDescriptorSddlForm(''Access'') } finally { $pipe.Dispose() }'
            Invoke-AccountScript -Account 'S-1-5-18' -Folder $Folder -Line $lines
        }
    }
    @{
        Id = 29; Title = 'A service account that may act for others serves no second pipe'; Session = 'Elevated'; Uses = 28
        Expected = '^UnauthorizedAccessException$'
        Script = {
            $name = (Get-Content -LiteralPath "$SitePath\engine.json" -Raw | ConvertFrom-Json).address.Substring('\\.\pipe\'.Length)
            $lines = "try { (New-Object IO.Pipes.NamedPipeServerStream '$name', 'InOut', 10).Dispose(); 'made' }",
            'catch { $_.Exception.GetBaseException().GetType().Name }'
            Invoke-AccountScript -Account 'S-1-5-19' -Folder $Folder -Line $lines
        }
    }
    @{
        Id = 30; Title = 'A service takes no session of version 0.1'; Session = 'Elevated'; Uses = 28; Expected = 'without encryption'
        Script = {
            try {
                $name = (Get-Content -LiteralPath "$SitePath\pipe.json" -Raw | ConvertFrom-Json).pipeName
                $pipe = New-Object -TypeName System.IO.Pipes.NamedPipeClientStream -ArgumentList '.', $name, 'InOut'
                $pipe.Connect(5000)
                $body = '{"jsonrpc":"2.0","id":1,"method":"hello","params":{"moduleVersion":"0.1.0","processId":1,' +
                '"contract":{"minimum":1,"maximum":1},"nonce":"' + ('a' * 64) + '"}}'
                $bytes = [Text.Encoding]::ASCII.GetBytes("Content-Length: $($body.Length)`r`n`r`n$body")
                $pipe.Write($bytes, 0, $bytes.Length)
                $came = New-Object -TypeName byte[] -ArgumentList 4096
                [Text.Encoding]::UTF8.GetString($came, 0, $pipe.Read($came, 0, $came.Length))
                $pipe.Dispose()
            } finally {
                $null = Invoke-CheckProgram -Path $NodePath -Argument $MainPath, 'service', 'uninstall', '--site-path', $SitePath
            }
        }
    }
}
