function Invoke-CMSyncServiceControl {
    # Starts, stops or removes the service of a site, when ShouldProcess of the command allows it.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.Service')]
    param(
        [string] $Action,

        [string] $SiteCode,

        $Caller
    )

    if (-not (Confirm-CMSyncServiceAction -Action $Action -SiteCode $SiteCode -Caller $Caller)) { return }
    $params = @{ action = $Action; requestId = [guid]::NewGuid().ToString() }
    $answer = Invoke-CMSyncMethod -Method 'service/control' -Params $params -SiteCode $SiteCode -Caller $Caller
    if ($null -eq $answer) { return }
    ConvertTo-CMSyncObject -Kind 'Service' -InputObject $answer
}
