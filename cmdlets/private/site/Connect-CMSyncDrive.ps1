function Connect-CMSyncDrive {
    # What New-PSDrive -PSProvider CMSite asks: whether this machine has the site that the drive is named by. Says where -Root names
    # another server than that of the site. Only the relay is asked; no engine starts.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $SiteCode,

        [string] $Root
    )

    # There is no drive without its site.
    $ErrorActionPreference = 'Stop'
    $site = $script:CMSyncDrive[$SiteCode]
    if ($null -eq $site) { $site = @{ siteCode = $SiteCode } }
    $answer = Invoke-CMSyncMethod -Method 'site/connect' -Params $site -Caller $PSCmdlet
    if ($null -eq $answer) { return }
    $script:CMSyncDrive[$SiteCode] = $site
    # What the connection is to is asked again by the next command.
    if ($null -ne $script:CMSyncConnection) { $script:CMSyncConnection.SiteKey = $null; $script:CMSyncConnection.SiteCode = $null }
    $short = ([string] $answer.ServerName -split '\.')[0]
    if ($Root.Trim('\', '/') -in $answer.ServerName, $short, 'localhost', '.', '') { return }
    "Site $SiteCode is on this machine, as $($answer.ServerName): -Root $Root connects to no other."
}
