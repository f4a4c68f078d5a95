function Write-CMSyncNoMatch {
    # A warning for each name without wildcards that nothing has: no output alone would look as if all were well.
    # {0} in -Text is the name.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [string[]] $Pattern,

        [string[]] $Known,

        [bool] $Wildcard,

        [string] $Text,

        $Caller
    )

    foreach ($name in $Pattern) {
        if (-not $name -or $name -in $Known) { continue }
        if ($Wildcard -and [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($name)) { continue }
        $Caller.WriteWarning($Text -f $name)
    }
}
