function New-CMSiteSystemServer {
    <#
    .SYNOPSIS
    Records a server as a site system of a site.

    .DESCRIPTION
    Nothing is installed on the server. Get-CMSiteSystemServer shows it, and you can give it the role of a software
    update point with Add-CMSoftwareUpdatePoint. All other parameters are stored but have no effect, and a warning says so.

    .PARAMETER SiteSystemServerName
    The FQDN of the server.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER AccountName
    The account that the product would install the server with. Stored and shown.

    .PARAMETER EnableProxy
    Whether the server uses a proxy. Stored and shown.

    .PARAMETER FdmOperation
    Whether the site server starts all connections to the server. Stored and shown.

    .PARAMETER ProxyAccessAccount
    The account for the proxy, as an object with UserName or as text. Stored and shown.

    .PARAMETER ProxyServerName
    The proxy. Stored and shown.

    .PARAMETER ProxyServerPort
    The port of the proxy. Stored and shown.

    .PARAMETER PublicFqdn
    The name of the server on the internet. Stored and shown.

    .PARAMETER UseSiteServerAccount
    The product would install the server with the account of the site server. Stored and shown.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Has no effect: give the full name of a server. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> New-CMSiteSystemServer -SiteSystemServerName 'sup2.contoso.com'

    Records a server.

    .EXAMPLE
    PS> New-CMSiteSystemServer 'sup3.contoso.com' | Add-CMSoftwareUpdatePoint -WsusIisPort 8530

    Records a server and gives it the role of a software update point, as lab scripts do.

    .INPUTS
    None

    .OUTPUTS
    IResultObject#SMS_SCI_SysResUse

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/new-cmsitesystemserver

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSiteSystemServer
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/new-cmsitesystemserver')]
    [OutputType('IResultObject#SMS_SCI_SysResUse')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [Alias('Name', 'ServerName')]
        [string] $SiteSystemServerName,

        [string] $SiteCode,

        [string] $AccountName,

        [bool] $EnableProxy,

        [bool] $FdmOperation,

        [psobject] $ProxyAccessAccount,

        [string] $ProxyServerName,

        [ValidateRange(1, 65535)]
        [uint32] $ProxyServerPort,

        [string] $PublicFqdn,

        [switch] $UseSiteServerAccount,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $server = Resolve-CMSyncSiteSystem -Name $SiteSystemServerName -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $server) { return }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name @(
            'AccountName', 'EnableProxy', 'FdmOperation', 'ProxyServerName', 'ProxyServerPort', 'PublicFqdn', 'UseSiteServerAccount'
        )
        if ($null -ne $ProxyAccessAccount) {
            $user = $ProxyAccessAccount.PSObject.Properties['UserName']
            $params['proxyAccessAccount'] = if ($null -ne $user) { [string] $user.Value } else { [string] $ProxyAccessAccount }
        }
        if (-not $PSCmdlet.ShouldProcess((Get-CMSyncServerLabel -Server $server), 'Record site system server')) { return }

        $params += @{ requestId = [guid]::NewGuid().ToString(); serverName = $server.Name }
        $answer = Invoke-CMSyncMethod -Method 'siteSystem/add' -Params $params -SiteCode $server.SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        ConvertTo-CMSyncObject -Kind 'SiteSystemServer' -InputObject $answer.server
    }
}
