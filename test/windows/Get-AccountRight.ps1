function Get-AccountRight {
    # What an account may do with a file or folder, as Read-CMSyncAccess gives it: the masks of its entries in hexadecimal.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        $Item,

        [string] $Sid
    )

    if ($Item.reason) { return [string] $Item.reason }
    if ($Item.isMissing) { return 'missing' }
    $masks = @($Item.entries | Where-Object { $_.sid -eq $Sid } | ForEach-Object { '{0:X}' -f [long] $_.rights } | Sort-Object)
    if ($masks.Count -eq 0) { 'none' } else { $masks -join ',' }
}
