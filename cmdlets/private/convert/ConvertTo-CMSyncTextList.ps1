function ConvertTo-CMSyncTextList {
    # A list that Export-Csv and strings write as its texts and not as System.String[]: one that PowerShell wraps does. Without type
    # names of its own it is a plain list to ConvertTo-Json of Windows PowerShell, too.
    [CmdletBinding()]
    [OutputType([string[]])]
    param(
        [string[]] $InputObject
    )

    $list = [psobject]::new($InputObject)
    $list.PSObject.TypeNames.Clear()
    , $list
}
