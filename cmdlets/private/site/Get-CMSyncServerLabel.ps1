function Get-CMSyncServerLabel {
    # How questions name a server, with its site.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [Parameter(Mandatory)]
        [object] $Server
    )

    "$($Server.Name) of site $(Get-CMSyncSiteLabel -SiteCode $Server.SiteCode)"
}
