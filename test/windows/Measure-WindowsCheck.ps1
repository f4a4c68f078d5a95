function Measure-WindowsCheck {
    # Runs one check; whatever it throws is what came. One that says that it was not tried, and why, is no result.
    [CmdletBinding()]
    [OutputType([pscustomobject])]
    param(
        [hashtable] $Check
    )

    $came = try { (& $Check.Script | Out-String).Trim() } catch { "$($_.FullyQualifiedErrorId): $_" }
    [pscustomobject]@{
        Id       = $Check.Id
        Title    = $Check.Title
        Result   = if ($came -match '^not tried: ') { 'NotRun' } elseif ($came -match $Check.Expected) { 'AsExpected' } else { 'Different' }
        Expected = $Check.Expected
        Came     = $came
    }
}
