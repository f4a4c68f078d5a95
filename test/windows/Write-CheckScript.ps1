function Write-CheckScript {
    # A script of some lines that writes what they say to a file and then, whole, gives it its name. Gives its path.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Folder,

        [string[]] $Line
    )

    $result = Join-Path -Path $Folder -ChildPath 'result.txt'
    if (Test-Path -LiteralPath $result) { Remove-Item -LiteralPath $result }
    $script = Join-Path -Path $Folder -ChildPath 'check.ps1'
    $text = @('$said = & {') + $Line + @('} 2>&1 | Out-String', "Set-Content -LiteralPath '$result.part' -Value `$said",
        "Move-Item -LiteralPath '$result.part' -Destination '$result'")
    Set-Content -LiteralPath $script -Value $text
    $script
}
