function Invoke-CheckProgram {
    # Runs a program and gives all that it says as text. Where errors stop a script, Windows PowerShell takes a line on standard error that
    # is redirected for one.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory = $true)]
        [string] $Path,

        [string[]] $Argument
    )

    $ErrorActionPreference = 'Continue'
    (& $Path $Argument 2>&1 | ForEach-Object { [string] $_ }) -join "`n"
}
