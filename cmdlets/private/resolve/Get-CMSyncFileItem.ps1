function Get-CMSyncFileItem {
    # The file of a full path, as Get-Item gives it: a FileInfo of .NET alone has no mode, owner and size in the table of Linux. On
    # a drive of a site a path without its provider would be looked for in that drive.
    [CmdletBinding()]
    [OutputType([System.IO.FileInfo])]
    param(
        [string] $Path
    )

    Get-Item -LiteralPath "Microsoft.PowerShell.Core\FileSystem::$Path" -Force
}
