function Resolve-CMSyncSiteCode {
    # The code of the site a command means: by code, by the object of a site or component, or by the name of site or server.
    # An empty one: the site of the session. Nothing comes back where there is no such site, which is told.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $SiteCode,

        [string] $Name,

        [psobject] $InputObject,

        $Caller
    )

    if ($null -ne $InputObject) {
        $property = $InputObject.PSObject.Properties['SiteCode']
        if ($null -ne $property -and $property.Value) { return [string] $property.Value }
        $data = @{ reason = '-InputObject takes a software update point component or a site' }
        return Write-CMSyncError -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $InputObject -Caller $Caller
    }
    if (-not $Name) { return $SiteCode }
    $answer = Invoke-CMSyncMethod -Method 'site/list' -Caller $Caller
    if ($null -eq $answer) { return }
    $sites = @($answer.sites)
    $matching = @($sites | Where-Object { $Name -in $_.SiteCode, $_.SiteName, $_.ServerName })
    if ($matching.Count -gt 1) {
        $site = Invoke-CMSyncMethod -Method 'site/get' -Caller $Caller
        if ($null -eq $site) { return }
        $matching = @($matching | Where-Object { $_.SiteCode -eq $site.SiteCode })
    }
    if ($matching.Count -eq 1) { return [string] $matching[0].SiteCode }
    $known = @(foreach ($site in $sites) { $site.SiteCode }) -join ', '
    $record = New-CMSyncErrorRecord -ErrorId 'SiteNotFound' -Data @{ site = $Name; known = $known } -TargetObject $Name
    Write-CMSyncError -Record $record -Caller $Caller
}
