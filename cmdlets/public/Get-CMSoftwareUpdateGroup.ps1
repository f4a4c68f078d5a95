function Get-CMSoftwareUpdateGroup {
    <#
    .SYNOPSIS
    Gets software update groups. A site here has none.

    .DESCRIPTION
    Software update groups collect updates for a deployment. This module synchronizes updates and does not deploy them. A site has no
    groups, and no command creates one, so nothing is returned. The command exists so that scripts that look for
    groups find none. No group keeps an expired update in the site database.

    .PARAMETER Id
    CI_IDs of groups.

    .PARAMETER Name
    The name. * and ? stand for other characters.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. An error says when it does not exist. Without it no site is asked.

    .EXAMPLE
    PS> if (-not (Get-CMSoftwareUpdateGroup -Name 'Patch Tuesday*')) { 'No group' }

    A script sees that there is no group.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateGroup -Name 'Patch Tuesday*' | Get-CMSoftwareUpdate -Fast

    Returns nothing.

    .OUTPUTS
    IResultObject#SMS_AuthorizationList

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdategroup

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdate
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdategroup')]
    [OutputType('IResultObject#SMS_AuthorizationList')]
    param(
        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [Alias('CIId', 'CI_ID')]
        [int[]] $Id,

        [Parameter(ParameterSetName = 'SearchByName')]
        [Alias('LocalizedDisplayName')]
        [SupportsWildcards()]
        [string] $Name,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        # No site has groups, so none is asked; one that is named must exist.
        if ($SiteCode) { [void] (Invoke-CMSyncMethod -Method 'site/get' -SiteCode $SiteCode -Caller $PSCmdlet) }
        $PSCmdlet.WriteVerbose("A site here has no update groups, so there is none named $(if ($Id) { $Id -join ', ' } else { $Name }).")
    }
}
