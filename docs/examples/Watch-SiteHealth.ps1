<#
A scheduled task: writes the health of a site as JSON into a file for other programs, and tells by the exit code how it is.

0 well; 1 degraded; 2 broken; 3 not known.

schtasks.exe /Create /TN "ConfigMgrSync health" /SC MINUTE /MO 15 /RU SYSTEM /TR "powershell.exe -NoProfile -NonInteractive
-ExecutionPolicy RemoteSigned -File C:\Scripts\Watch-SiteHealth.ps1 -Package C:\ConfigMgrSync -SiteCode ABC -Path C:\Logs\ABC.json"
#>
[CmdletBinding()]
param(
    # The folder of the package.
    [Parameter(Mandatory = $true)]
    [string] $Package,

    [Parameter(Mandatory = $true)]
    [string] $SiteCode,

    [Parameter(Mandatory = $true)]
    [string] $Path,

    [string] $Node = 'node'
)

$ErrorActionPreference = 'Stop'
$program = [System.IO.Path]::Combine($Package, 'dist', 'server', 'main.js')
try {
    # Windows PowerShell reads programs in the code page of the console, and the JSON is UTF-8.
    [System.Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
    $text = (& $Node $program health --json --site-code $SiteCode) -join "`n"
    $code = $LASTEXITCODE
    $health = ConvertFrom-Json -InputObject $text
    # Whoever reads the file meanwhile has the one before or this one, never half of it.
    $temporary = "$Path.$PID.tmp"
    [System.IO.File]::WriteAllText($temporary, $text)
    Move-Item -LiteralPath $temporary -Destination $Path -Force
} catch {
    [System.Console]::Error.WriteLine("The health of site $SiteCode is not known: $_")
    exit 3
}
"$($health.Status): $($health.Summary)"
exit $code
