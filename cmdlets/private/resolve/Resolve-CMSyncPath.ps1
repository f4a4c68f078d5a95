function Resolve-CMSyncPath {
    # The full path of a file or folder that need not exist, taken literally. What is relative is relative to the folder of the session,
    # also while it stands on the drive of a site; ~, drives of PowerShell and shares are understood there too.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Path,

        [Parameter(Mandatory = $true)]
        $Caller
    )

    $paths = $Caller.SessionState.Path
    $text = $Path
    $isOnFiles = $paths.CurrentLocation.Provider.Name -eq 'FileSystem'
    if ($text -match '^(\\\\|//)') {
        # Elsewhere PowerShell takes a share for a path of the provider the session stands on.
        $text = "Microsoft.PowerShell.Core\FileSystem::$text"
    } elseif (-not $isOnFiles -and -not $paths.IsProviderQualified($text) -and $text -notmatch '^[^\\/:]+:') {
        $folder = $paths.CurrentFileSystemLocation.ProviderPath
        if ($text -match '^~($|[\\/])') {
            $folder = $Caller.SessionState.Provider.GetOne('FileSystem').Home
            $text = $text.Substring(1).TrimStart('\', '/')
        } elseif ($text -match '^[\\/]') {
            $folder = [System.IO.Path]::GetPathRoot($folder)
            $text = $text.TrimStart('\', '/')
        }
        $text = 'Microsoft.PowerShell.Core\FileSystem::' + [System.IO.Path]::Combine($folder, $text)
    }
    $provider = $null
    $drive = $null
    $file = $paths.GetUnresolvedProviderPathFromPSPath($text, [ref] $provider, [ref] $drive)
    if ($provider.Name -ne 'FileSystem') {
        $data = @{ reason = "$Path is not a file path but a path of $($provider.Name)" }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $Path))
    }
    if ([System.IO.Path]::DirectorySeparatorChar -eq '/') { $file = $file.Replace('\', '/') }
    [System.IO.Path]::GetFullPath($file)
}
