function Remove-CMSyncStatusToken {
    <#
    .SYNOPSIS
    Removes a token for the status page of a site.

    .DESCRIPTION
    The token is not accepted any more, and whoever has signed in with it is signed out. Asks first, unless -Force is given.

    .PARAMETER Name
    The name of the token.

    .PARAMETER Force
    Does not ask.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Remove-CMSyncStatusToken -Name 'Service desk' -Force

    Removes a token without asking.

    .EXAMPLE
    PS> Get-CMSyncStatusToken -Name 'Service*' | Remove-CMSyncStatusToken -Force

    Removes several tokens.

    .INPUTS
    ConfigMgrSync.StatusToken

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncStatusToken
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType([void])]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [ValidateLength(1, 64)]
        [string] $Name,

        [switch] $Force,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $params = @{ requestId = [guid]::NewGuid().ToString(); name = $Name; whatIf = $true }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        # Nobody is asked about what does not exist.
        $found = Invoke-CMSyncMethod -Method 'statusToken/remove' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $found) { return }
        $target = "status token $($found.Name) of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not (Confirm-CMSyncAction -Target $target -Action 'Remove' -Caller $PSCmdlet)) { return }
        $params = @{ requestId = [guid]::NewGuid().ToString(); name = $found.Name }
        [void] (Invoke-CMSyncMethod -Method 'statusToken/remove' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem)
    }
}
