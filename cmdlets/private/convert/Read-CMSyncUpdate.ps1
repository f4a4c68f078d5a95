function Read-CMSyncUpdate {
    # The software updates that update/list gives to -Params, page by page; the next page is asked for while one is read.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SoftwareUpdate')]
    param(
        [hashtable] $Params,

        [string] $SiteCode,

        $Caller
    )

    # The first page is small, so that the first object is there at once; none reaches what Windows PowerShell reads as one JSON.
    $page = if ($Params['lazy']) { 100 } else { 500 }
    $dates = 'DateCreated', 'DateLastModified', 'DatePosted', 'DateRevised', 'EffectiveDate', 'EULASignoffDate', 'LastStatusTime'
    $request = $Params + @{ pageSize = 100 }
    do {
        $answer = Invoke-CMSyncMethod -Method 'update/list' -Params $request -SiteCode $SiteCode -Caller $Caller
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $Caller.WriteWarning($text) }
        if ($null -ne $answer.next) {
            $request = $request + @{}
            $request['after'], $request['pageSize'] = $answer.next, $page
            Send-CMSyncAhead -Method 'update/list' -Params $request
        }
        if ($request['columns']) {
            ConvertFrom-CMSyncColumn -InputObject $answer.columns -Converter 'ConvertTo-CMSoftwareUpdate' -Date $dates
        } else {
            ConvertTo-CMSoftwareUpdate -InputObject $answer.updates
        }
    } while ($null -ne $answer.next)
}
