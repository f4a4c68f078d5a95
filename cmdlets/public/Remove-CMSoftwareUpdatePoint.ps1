function Remove-CMSoftwareUpdatePoint {
    <#
    .SYNOPSIS
    Removes the software update point role from a server.

    .DESCRIPTION
    Asks first, unless -Force is given. The default software update point is removed only if -DefaultServerName names another one
    that takes over, or if it is the last one. Without any the site cannot synchronize until you add one. A new default makes the
    next synchronization a full one.

    .PARAMETER InputObject
    The software update point, from Get-CMSoftwareUpdatePoint.

    .PARAMETER SiteSystemServerName
    The FQDN of the server.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER DefaultServerName
    The FQDN of the software update point that becomes the default.

    .PARAMETER Force
    Does not ask.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally, as this command always does.

    .PARAMETER ForceWildcardHandling
    Has no effect: the name of a server is taken literally. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> Remove-CMSoftwareUpdatePoint -SiteSystemServerName 'sup2.contoso.com' -Force

    Removes a replica.

    .EXAMPLE
    PS> Remove-CMSoftwareUpdatePoint -SiteSystemServerName 'sup1.contoso.com' -DefaultServerName 'sup2.contoso.com'

    Removes the default; sup2 takes over.

    .INPUTS
    IResultObject#SMS_SCI_SysResUse

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmsoftwareupdatepoint

    .LINK
    about_ConfigMgrSync

    .LINK
    Add-CMSoftwareUpdatePoint
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', DefaultParameterSetName = 'SearchByValueMandatory',
        PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/remove-cmsoftwareupdatepoint')]
    [OutputType([void])]
    param(
        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [Alias('SoftwareUpdatePoint')]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true, Position = 0)]
        [Alias('Name', 'ServerName')]
        [string] $SiteSystemServerName,

        [Parameter(ParameterSetName = 'SearchByNameMandatory')]
        [string] $SiteCode,

        [Alias('DefaultSoftwareUpdatePointServerName')]
        [string] $DefaultServerName,

        [switch] $Force,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $server = Resolve-CMSyncSiteSystem -Name $SiteSystemServerName -SiteCode $SiteCode -InputObject $InputObject -Caller $PSCmdlet
        if ($null -eq $server) { return }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'DefaultServerName'
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        $target = Get-CMSyncServerLabel -Server $server
        if (-not (Confirm-CMSyncAction -Target $target -Action 'Remove software update point' -Caller $PSCmdlet)) { return }

        $params += @{ requestId = [guid]::NewGuid().ToString(); serverName = $server.Name }
        [void] (Invoke-CMSyncMethod -Method 'sup/remove' -Params $params -SiteCode $server.SiteCode -Caller $PSCmdlet -EachItem)
    }
}
