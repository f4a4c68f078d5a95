function Test-CMSyncName {
    # Tells whether a name is one of those a filter names, without regard to case; * and ? stand for other characters if so.
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [string] $Name,

        [string[]] $Pattern,

        [bool] $Wildcard
    )

    foreach ($text in $Pattern) {
        if (($Wildcard -and $Name -like $text) -or $Name -eq $text) { return $true }
    }
    $false
}
