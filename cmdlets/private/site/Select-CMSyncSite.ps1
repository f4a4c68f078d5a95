function Select-CMSyncSite {
    # Makes the connection one to the site a command works on: the one it names, else that of the site drive
    # that the session stands on, else the session's (Connect-CMSyncSite),
    # else the relay's choice. Nothing when that is so, else the reply that says why not.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [hashtable] $Connection,

        [string] $SiteCode
    )

    # A site that the session knows by its folder is meant by its code too, wherever the folder lies.
    $params = if (-not $SiteCode) { Get-CMSyncDriveSite } elseif ($SiteCode -ne $script:CMSyncSite.Label) { @{ siteCode = $SiteCode } }
    if ($null -eq $params) { $params = $script:CMSyncSite.Params }
    $key = ConvertTo-Json -InputObject $params -Compress
    if ($Connection.SiteKey -eq $key -or ($SiteCode -and $Connection.SiteCode -eq $SiteCode)) { return }
    $reply = Send-CMSyncRequest -Connection $Connection -Method 'site/connect' -Params $params
    if ($reply.Error -or $reply.Ended) { return $reply }
    $Connection.SiteKey = $key
    $Connection.SiteCode = [string] $reply.Result.SiteCode
    $Connection.InstallDir = [string] $reply.Result.InstallDir
}
