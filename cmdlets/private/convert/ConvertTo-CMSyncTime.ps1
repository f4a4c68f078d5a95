function ConvertTo-CMSyncTime {
    # A date as the contract writes it: ISO 8601, UTC, milliseconds.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [datetime] $InputObject
    )

    $InputObject.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [System.Globalization.CultureInfo]::InvariantCulture)
}
