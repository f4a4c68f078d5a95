function New-CMSyncJoinToken {
    <#
    .SYNOPSIS
    Makes a token for one site or software update point to join this site with.

    .DESCRIPTION
    The token contains the address of this site, the certificate of its authority and a secret that is valid for one join. Whoever has it
    can join, so treat it as a secret. The site keeps only a hash of it. Run the command at the parent, whose engine listens on a port
    (configmgrsync serve --port, or Install-CMSyncService -Port); then give the token to New-CMSyncSite -JoinToken.

    .PARAMETER Role
    Site for a primary site below a central administration site or a secondary site below a primary site; SoftwareUpdatePoint for
    a further software update point of this site.

    .PARAMETER ExpirationHours
    Hours until the token expires. Default: 24.

    .PARAMETER Address
    The address at which the other server reaches this one, such as https://cs1.contoso.com:8531. Default: that of the open
    port. Its name is added to the certificate of the port.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> $token = (New-CMSyncJoinToken -Address 'https://cs1.contoso.com:8531').Token

    A token for a child site.

    .EXAMPLE
    PS> New-CMSyncJoinToken -Role SoftwareUpdatePoint -ExpirationHours 1 -Address 'https://cs1.contoso.com:8531'

    A token for a further software update point, to be used within an hour.

    .OUTPUTS
    ConfigMgrSync.JoinToken

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites')]
    [OutputType('ConfigMgrSync.JoinToken')]
    param(
        [ValidateSet('Site', 'SoftwareUpdatePoint')]
        [string] $Role = 'Site',

        [ValidateRange(1, 8760)]
        [int] $ExpirationHours = 24,

        [string] $Address,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Address'
        $params += @{ role = $Role; expirationHours = $ExpirationHours; requestId = [guid]::NewGuid().ToString() }
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Make a join token')) { return }
        $answer = Invoke-CMSyncMethod -Method 'site/joinToken' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        [pscustomobject]@{
            PSTypeName     = 'ConfigMgrSync.JoinToken'
            SiteCode       = $answer.SiteCode
            Role           = $answer.Role
            Address        = $answer.Address
            ExpirationTime = ConvertFrom-CMSyncTime -InputObject $answer.ExpirationTime
            Token          = $answer.Token
        }
    }
}
