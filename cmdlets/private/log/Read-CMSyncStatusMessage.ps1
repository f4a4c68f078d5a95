function Read-CMSyncStatusMessage {
    # Status messages that meet the parameters of message/list, page by page, the oldest first.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_StatusMessage')]
    param(
        [hashtable] $Params,

        $Caller
    )

    $asked = Resolve-CMSyncFilterSite -SiteCode $Params['siteCode'] -Caller $Caller
    if ($null -eq $asked) { return }
    do {
        $answer = Invoke-CMSyncMethod -Method 'message/list' -Params $Params -SiteCode $asked -Caller $Caller
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'StatusMessage' -InputObject $answer.messages
        $Params['after'] = $answer.next
    } while ($null -ne $answer.next)
}
