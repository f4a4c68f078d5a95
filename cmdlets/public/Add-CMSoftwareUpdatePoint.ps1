function Add-CMSoftwareUpdatePoint {
    <#
    .SYNOPSIS
    Adds the software update point role to a server.

    .DESCRIPTION
    The first software update point of a site is its default: the one that synchronizes. Every further one is a replica: a site
    folder of its own, made with a join token of this site. The replicas synchronize after the default, one after the other. A
    new site has its site server as the first software update point. A secondary site can have only one.

    .PARAMETER InputObject
    The site system: an object with SiteCode and NetworkOSPath or ServerName, as Get-CMSiteSystemServer returns.

    .PARAMETER SiteSystemServerName
    The FQDN of the server.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER AnonymousWsusAccess
    Allows anonymous access. It cannot be combined with an account.

    .PARAMETER ClientConnectionType
    Which clients may connect. Default: Intranet.

    .PARAMETER ConnectionAccountUserName
    The account for the connection. It is stored and shown, but not used here.

    .PARAMETER EnableCloudGateway
    Allows traffic of a cloud management gateway.

    .PARAMETER UseProxy
    Whether synchronizations use the proxy of Set-CMSoftwareUpdatePointComponent -ProxyServer. Default: where there is one.

    .PARAMETER UseProxyForAutoDeploymentRule
    Whether downloads of automatic deployment rules use the proxy. Needs -UseProxy.

    .PARAMETER WsusIisPort
    The HTTP port that clients and downstream servers get for this software update point. Default: 8530.

    .PARAMETER WsusIisSslPort
    The HTTPS port that clients and downstream servers get. Default: 8531.

    .PARAMETER WsusSsl
    Requires TLS.

    .PARAMETER Wledbat
    Turns on Windows LEDBAT.

    .PARAMETER PassThru
    Returns the software update point that was added. Without it nothing is returned.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally, as this command always does.

    .PARAMETER ForceWildcardHandling
    Has no effect: the name of a server is taken literally. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> Add-CMSoftwareUpdatePoint -SiteCode 'CM1' -SiteSystemServerName 'sup2.contoso.com'

    Adds a replica to the site CM1.

    .EXAMPLE
    PS> Get-CMSiteSystemServer -SiteSystemServerName 'sup3.contoso.com' | Add-CMSoftwareUpdatePoint -ClientConnectionType Internet -WsusSsl $true

    Adds a software update point for clients on the internet.

    .INPUTS
    IResultObject#SMS_SCI_SysResUse

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_SCI_SysResUse

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/add-cmsoftwareupdatepoint

    .LINK
    about_ConfigMgrSync

    .LINK
    Remove-CMSoftwareUpdatePoint
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SumPByValueWithWsus', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/add-cmsoftwareupdatepoint')]
    [OutputType('IResultObject#SMS_SCI_SysResUse')]
    param(
        [Parameter(ParameterSetName = 'SumPByValueWithWsus', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SumPWithWsus', Mandatory = $true, Position = 0)]
        [Alias('Name', 'ServerName')]
        [string] $SiteSystemServerName,

        [Parameter(ParameterSetName = 'SumPWithWsus')]
        [string] $SiteCode,

        [switch] $AnonymousWsusAccess,

        [ValidateSet('Intranet', 'Internet', 'InternetAndIntranet')]
        [string] $ClientConnectionType,

        [Alias('UserName')]
        [string] $ConnectionAccountUserName,

        [switch] $EnableCloudGateway,

        [bool] $UseProxy,

        [bool] $UseProxyForAutoDeploymentRule,

        [ValidateRange(1, 65535)]
        [int] $WsusIisPort,

        [ValidateRange(1, 65535)]
        [int] $WsusIisSslPort,

        [Alias('SslWsus')]
        [bool] $WsusSsl,

        [bool] $Wledbat,

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $server = Resolve-CMSyncSiteSystem -Name $SiteSystemServerName -SiteCode $SiteCode -InputObject $InputObject -Caller $PSCmdlet
        if ($null -eq $server) { return }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name @(
            'AnonymousWsusAccess', 'ClientConnectionType', 'EnableCloudGateway', 'UseProxy', 'UseProxyForAutoDeploymentRule', 'Wledbat'
        )
        if ($PSBoundParameters.ContainsKey('WsusIisPort')) { $params['httpPort'] = $WsusIisPort }
        if ($PSBoundParameters.ContainsKey('WsusIisSslPort')) { $params['httpsPort'] = $WsusIisSslPort }
        if ($PSBoundParameters.ContainsKey('WsusSsl')) { $params['enableSsl'] = $WsusSsl }
        if ($PSBoundParameters.ContainsKey('ConnectionAccountUserName')) { $params['wsusAccessAccount'] = $ConnectionAccountUserName }
        if (-not $PSCmdlet.ShouldProcess((Get-CMSyncServerLabel -Server $server), 'Add software update point')) { return }

        $params += @{ requestId = [guid]::NewGuid().ToString(); serverName = $server.Name }
        $answer = Invoke-CMSyncMethod -Method 'sup/add' -Params $params -SiteCode $server.SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'SoftwareUpdatePoint' -InputObject $answer.softwareUpdatePoint }
    }
}
