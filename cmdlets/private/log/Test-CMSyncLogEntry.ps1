function Test-CMSyncLogEntry {
    # Tells whether an entry of a log meets every filter: Component (patterns), Severity, From and To (a time or nothing).
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [psobject] $Entry,

        [hashtable] $Filter
    )

    if ($Filter.Severity -and $Entry.Severity -notin $Filter.Severity) { return $false }
    if ($null -ne $Filter.From -and ($null -eq $Entry.Time -or $Entry.Time -lt $Filter.From)) { return $false }
    if ($null -ne $Filter.To -and ($null -eq $Entry.Time -or $Entry.Time -ge $Filter.To)) { return $false }
    if (-not $Filter.Component) { return $true }
    foreach ($pattern in $Filter.Component) { if ($Entry.Component -like $pattern) { return $true } }
    $false
}
