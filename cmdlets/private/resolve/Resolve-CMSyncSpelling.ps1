function Resolve-CMSyncSpelling {
    # ValidateSet takes its values in any letter case, the contract has one spelling of each: the parameters of a method that are
    # parameters of the command get that spelling, in the hashtable itself.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [hashtable] $Params,

        $Caller
    )

    $known = $Caller.MyInvocation.MyCommand.Parameters
    foreach ($key in @($Params.Keys)) {
        $value = $Params[$key]
        if (($value -isnot [string] -and $value -isnot [string[]]) -or $null -eq $known -or -not $known.ContainsKey($key)) { continue }
        $set = @($known[$key].Attributes | Where-Object { $_ -is [System.Management.Automation.ValidateSetAttribute] })
        if ($set.Count -eq 0) { continue }
        $spelled = [string[]] @(foreach ($text in $value) {
            $match = @($set[0].ValidValues | Where-Object { $_ -eq $text })
            if ($match.Count -gt 0) { $match[0] } else { $text }
        })
        if ($value -is [string]) { $Params[$key] = $spelled[0] } else { $Params[$key] = $spelled }
    }
}
