function Read-CMSyncStatusMessage {
    # Status messages that meet the parameters of message/list, page by page, the oldest first.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_StatusMessage')]
    param(
        [hashtable] $Params,

        $Caller
    )

    $asked = Resolve-CMSyncFilterSite -SiteCode $Params['siteCode'] -Caller $Caller
    do {
        $answer = Invoke-CMSyncMethod -Method 'message/list' -Params $Params -SiteCode $asked -Caller $Caller
        ConvertTo-CMSyncObject -Kind 'StatusMessage' -InputObject $answer.messages
        $Params['after'] = $answer.next
    } while ($null -ne $answer.next)
}
