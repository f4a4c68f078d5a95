function Test-CMSyncName {
    # Tells whether a name is one of those a filter names, without regard to case; * and ? stand for other characters if so.
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [string] $Name,

        [string[]] $Pattern,

        [bool] $Wildcard
    )

    # -like compares as the culture does: to a Turkish session config is not CONFIG.
    $options = [System.Management.Automation.WildcardOptions] 'IgnoreCase, CultureInvariant'
    foreach ($text in $Pattern) {
        if ($Name -eq $text) { return $true }
        if ($Wildcard -and [System.Management.Automation.WildcardPattern]::new($text, $options).IsMatch($Name)) { return $true }
    }
    $false
}
