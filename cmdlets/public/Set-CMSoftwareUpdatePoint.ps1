function Set-CMSoftwareUpdatePoint {
    <#
    .SYNOPSIS
    Changes ports, TLS, client connections, proxy use and account of a software update point.

    .DESCRIPTION
    Properties that you do not give stay the same. The ports are those that clients and downstream servers get. The engine listens on the port
    of serve --port.

    .PARAMETER InputObject
    The software update point, from Get-CMSoftwareUpdatePoint.

    .PARAMETER SiteSystemServerName
    The FQDN of the server.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER AnonymousWsusAccess
    Allows anonymous access and removes the account. -AnonymousWsusAccess:$false turns it off.

    .PARAMETER ClientConnectionType
    Which clients may connect.

    .PARAMETER EnableCloudGateway
    Allows traffic of a cloud management gateway, or not.

    .PARAMETER EnableSsl
    Requires TLS, or not.

    .PARAMETER HttpPort
    The HTTP port that clients and downstream servers get.

    .PARAMETER HttpsPort
    The HTTPS port that clients and downstream servers get.

    .PARAMETER NlbVirtualIP
    Deprecated in the product since 1702: it is stored and has no effect.

    .PARAMETER PublicVirtualIP
    The public virtual IP for clients on the internet, empty for none.

    .PARAMETER UseProxy
    Whether synchronizations use the proxy of Set-CMSoftwareUpdatePointComponent -ProxyServer.

    .PARAMETER UseProxyForAutoDeploymentRule
    Whether downloads of automatic deployment rules use the proxy. Needs UseProxy.

    .PARAMETER WsusAccessAccount
    The account for the connection, empty for none. It is stored and shown, but not used here.

    .PARAMETER Wledbat
    Turns Windows LEDBAT on or off.

    .PARAMETER PassThru
    Returns the changed software update point.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally, as this command always does.

    .PARAMETER ForceWildcardHandling
    Has no effect: the name of a server is taken literally. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> Set-CMSoftwareUpdatePoint -SiteCode 'CM1' -SiteSystemServerName 'sup1.contoso.com' -HttpPort 8530 -HttpsPort 8531

    Sets both ports.

    .EXAMPLE
    PS> Get-CMSoftwareUpdatePoint | Set-CMSoftwareUpdatePoint -EnableSsl $true

    Requires TLS for all software update points of the site.

    .INPUTS
    IResultObject#SMS_SCI_SysResUse

    .OUTPUTS
    IResultObject#SMS_SCI_SysResUse

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdatepoint

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdatePoint
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'ByValue', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdatepoint')]
    [OutputType('IResultObject#SMS_SCI_SysResUse')]
    param(
        [Parameter(ParameterSetName = 'ByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('SoftwareUpdatePoint')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'ByName', Mandatory = $true, Position = 0)]
        [Alias('Name', 'ServerName')]
        [string] $SiteSystemServerName,

        [Parameter(ParameterSetName = 'ByName')]
        [string] $SiteCode,

        [switch] $AnonymousWsusAccess,

        [ValidateSet('Intranet', 'Internet', 'InternetAndIntranet')]
        [string] $ClientConnectionType,

        [bool] $EnableCloudGateway,

        [Alias('SslWsus', 'WsusSsl')]
        [bool] $EnableSsl,

        [Alias('WsusIisPort')]
        [ValidateRange(1, 65535)]
        [int] $HttpPort,

        [Alias('WsusIisSslPort')]
        [ValidateRange(1, 65535)]
        [int] $HttpsPort,

        [string] $NlbVirtualIP,

        [AllowEmptyString()]
        [string] $PublicVirtualIP,

        [bool] $UseProxy,

        [bool] $UseProxyForAutoDeploymentRule,

        [AllowEmptyString()]
        [string] $WsusAccessAccount,

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
            'AnonymousWsusAccess', 'ClientConnectionType', 'EnableCloudGateway', 'EnableSsl', 'HttpPort', 'HttpsPort', 'NlbVirtualIP',
            'PublicVirtualIP', 'UseProxy', 'UseProxyForAutoDeploymentRule', 'WsusAccessAccount', 'Wledbat'
        )
        if (-not $PSCmdlet.ShouldProcess((Get-CMSyncServerLabel -Server $server), 'Change software update point')) { return }

        $params += @{ requestId = [guid]::NewGuid().ToString(); serverName = $server.Name }
        $answer = Invoke-CMSyncMethod -Method 'sup/set' -Params $params -SiteCode $server.SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'SoftwareUpdatePoint' -InputObject $answer.softwareUpdatePoint }
    }
}
