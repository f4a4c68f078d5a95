function Resolve-CMSyncFilterSite {
    # The site that a command asks whose -SiteCode chooses rows: nothing (the site of the session, with what it knows of others),
    # but the one that is named where the session has chosen none and there are several. One that is not on this machine is
    # named too: the relay says that it does not exist, or where it is.
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
    $isPattern = [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($codes[0])
    if ($sites.Count -gt 1 -and -not $isPattern) { $codes[0] } else { '' }
}
