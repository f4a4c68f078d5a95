function Get-CMSite {
    <#
    .SYNOPSIS
    Gets the site of the session and the sites below it.

    .DESCRIPTION
    Returns one SMS_Site for each site that the site of the session knows, parents first.
    Type is 4 for a central administration site, 2 for a primary, 1 for a secondary site; Status is 2 while a site has joined
    but has never connected. Without a site of the session, -SiteCode also chooses the site of this machine that answers.
    A code or a name without wildcards that no site has is a warning.

    .PARAMETER Name
    The name of the site, with * and ?.

    .PARAMETER SiteCode
    The code of the site.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> Get-CMSite | Select-Object SiteCode, TypeName, ReportingSiteCode, Status

    The hierarchy below the site of the session.

    .EXAMPLE
    PS> (Get-CMSite -SiteCode PS1).ReportingSiteCode

    The parent of a site; empty at the top.

    .OUTPUTS
    IResultObject#SMS_Site

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsite

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMSyncJoinToken
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsite')]
    [OutputType('IResultObject#SMS_Site')]
    param(
        [Alias('SiteName')]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(Position = 0)]
        [string] $SiteCode,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $asked = Resolve-CMSyncFilterSite -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $asked) { return }
        $answer = Invoke-CMSyncMethod -Method 'site/tree' -SiteCode $asked -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $known = @($answer.sites)
        $where = "at or below site $($known[0].SiteCode)."
        Write-CMSyncNoMatch -Pattern $SiteCode -Known $known.SiteCode -Text "There is no site {0} $where" -Caller $PSCmdlet
        $named = @{ Pattern = $Name; Known = $known.SiteName; Wildcard = $wildcard }
        Write-CMSyncNoMatch @named -Text "There is no site named {0} $where" -Caller $PSCmdlet
        foreach ($site in $known) {
            if ($SiteCode -and $site.SiteCode -ne $SiteCode) { continue }
            if ($Name -and -not (Test-CMSyncName -Name $site.SiteName -Pattern $Name -Wildcard $wildcard)) { continue }
            ConvertTo-CMSyncObject -Kind 'Site' -InputObject $site
        }
    }
}
