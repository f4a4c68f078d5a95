function Resolve-CMSyncFilterSite {
    # The site that a command asks whose -SiteCode chooses rows: nothing (the site of the session, with what it knows of others),
    # but the one that is named where the session has chosen none and there are several.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string[]] $SiteCode,

        $Caller
    )

    $isChosen = $script:CMSyncSite.Params.Count -gt 0 -or $null -ne (Get-CMSyncDriveSite) -or
        [System.Environment]::GetEnvironmentVariable('CONFIGMGRSYNC_SITE')
    $codes = @($SiteCode | Where-Object { $_ })
    if ($isChosen -or $codes.Count -ne 1) { return '' }
    $answer = Invoke-CMSyncMethod -Method 'site/list' -Caller $Caller
    if ($null -eq $answer) { return }
    $sites = @($answer.sites)
    if ($sites.Count -gt 1 -and $codes[0] -in $sites.SiteCode) { $codes[0] } else { '' }
}
