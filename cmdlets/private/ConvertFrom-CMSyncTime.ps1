function ConvertFrom-CMSyncTime {
    # A date of the contract as local time. Windows PowerShell reads JSON dates as text, PowerShell 7 as DateTime.
    [CmdletBinding()]
    [OutputType([datetime])]
    param(
        $InputObject
    )

    if ($null -ne $InputObject) { ([datetime] $InputObject).ToLocalTime() }
}
