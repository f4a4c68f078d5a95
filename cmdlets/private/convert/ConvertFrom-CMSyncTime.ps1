function ConvertFrom-CMSyncTime {
    # A date of the contract as local time. Windows PowerShell reads JSON dates as text, PowerShell 7 as DateTime.
    [CmdletBinding()]
    [OutputType([datetime])]
    param(
        $InputObject
    )

    # A real null, not nothing: ConvertTo-Json would make an empty object of that.
    if ($null -eq $InputObject) { return $null }
    ([datetime] $InputObject).ToLocalTime()
}
