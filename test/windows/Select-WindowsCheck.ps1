function Select-WindowsCheck {
    # Why a check is not run in this session, or nothing where it is.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [hashtable] $Check,

        [bool] $IsElevated,

        # Ids of the checks that came out as expected.
        [int[]] $Passed
    )

    if ($Check.Session -eq 'Elevated' -and -not $IsElevated) { return 'it needs an elevated session' }
    if ($Check.Session -eq 'Ordinary' -and $IsElevated) { return 'it needs a session that is not elevated' }
    if ($Check.Uses -and $Passed -notcontains $Check.Uses) { return "it needs check $($Check.Uses), which did not come out as expected" }
}
