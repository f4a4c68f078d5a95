function Set-CMSiteSystemServer {
    <#
    .SYNOPSIS
    Changes the stored properties of a site system server.

    .DESCRIPTION
    Get-CMSiteSystemServer shows the properties. None has an effect here, and a warning says so: nothing is installed
    on the server, and the proxy is that of Set-CMSoftwareUpdatePointComponent.

    .PARAMETER SiteSystemServerName
    The FQDN of the server.

    .PARAMETER InputObject
    A server or one of its roles.

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

    .PARAMETER PassThru
    Also returns the server.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Has no effect: give the full name of a server. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> Set-CMSiteSystemServer -SiteSystemServerName 'sup2.contoso.com' -PublicFqdn 'updates.contoso.com'

    Stores the name of the server on the internet.

    .EXAMPLE
    PS> Get-CMSiteSystemServer -SiteSystemServerName 'sup2*' | Set-CMSiteSystemServer -FdmOperation $true

    Changes servers from the pipeline.

    .INPUTS
    IResultObject#SMS_SCI_SysResUse

    .OUTPUTS
    IResultObject#SMS_SCI_SysResUse

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsitesystemserver

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSiteSystemServer
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchByValueMandatory', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsitesystemserver')]
    [OutputType('IResultObject#SMS_SCI_SysResUse')]
    param(
        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true, Position = 0)]
        [Alias('Name', 'ServerName')]
        [string] $SiteSystemServerName,

        [Parameter(ParameterSetName = 'SearchByNameMandatory')]
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

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $server = Resolve-CMSyncSiteSystem -Name $SiteSystemServerName -SiteCode $SiteCode -InputObject $InputObject -Caller $PSCmdlet
        if ($null -eq $server) { return }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name @(
            'AccountName', 'EnableProxy', 'FdmOperation', 'ProxyServerName', 'ProxyServerPort', 'PublicFqdn', 'UseSiteServerAccount'
        )
        if ($null -ne $ProxyAccessAccount) {
            $user = $ProxyAccessAccount.PSObject.Properties['UserName']
            $params['proxyAccessAccount'] = if ($null -ne $user) { [string] $user.Value } else { [string] $ProxyAccessAccount }
        }
        if (-not $PSCmdlet.ShouldProcess((Get-CMSyncServerLabel -Server $server), 'Set site system server')) { return }

        $params += @{ requestId = [guid]::NewGuid().ToString(); serverName = $server.Name }
        $answer = Invoke-CMSyncMethod -Method 'siteSystem/set' -Params $params -SiteCode $server.SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'SiteSystemServer' -InputObject $answer.server }
    }
}
