function ConvertTo-CMSyncArgument {
    # One command line from single arguments, by the rules every Windows program and .NET elsewhere reads it with.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string[]] $Argument
    )

    $quoted = foreach ($text in $Argument) {
        if ($text -ne '' -and $text -notmatch '[\s"]') {
            $text
        } else {
            # Backslashes double before a quotation mark and at the end; a quotation mark gets one more.
            '"' + (($text -replace '(\\*)"', '$1$1\"') -replace '(\\+)$', '$1$1') + '"'
        }
    }
    $quoted -join ' '
}
