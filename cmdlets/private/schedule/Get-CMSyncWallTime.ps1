function Get-CMSyncWallTime {
    # A start time as the contract writes it: what the clock on the wall shows, without a zone. A date of unknown kind is taken
    # as it is; a text may also be that of WMI, such as 20261201020000.000000+***.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        $InputObject,

        [switch] $Utc
    )

    $value = $InputObject
    if ($value -is [string] -and $value -match '^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)\d\d\.') {
        return '{0}-{1}-{2}T{3}:{4}:00' -f $Matches[1], $Matches[2], $Matches[3], $Matches[4], $Matches[5]
    }
    $date = $value -as [datetime]
    if ($null -eq $date) { return [string] $value }
    if ($Utc -and $date.Kind -eq [System.DateTimeKind]::Local) { $date = $date.ToUniversalTime() }
    if (-not $Utc -and $date.Kind -eq [System.DateTimeKind]::Utc) { $date = $date.ToLocalTime() }
    $date.ToString('yyyy-MM-ddTHH:mm:00', [System.Globalization.CultureInfo]::InvariantCulture)
}
