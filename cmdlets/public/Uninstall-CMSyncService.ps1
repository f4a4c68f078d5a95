function Uninstall-CMSyncService {
    <#
    .SYNOPSIS
    Removes the service of a site.

    .DESCRIPTION
    Ends the engine of the service and removes the scheduled task or unit. The site does not change. From then on the engine is started by
    the first command that needs it, under the account of that command. On Linux the site folder goes back to its owner from
    before the installation. The session must be elevated, on Linux that of root.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER PassThru
    Returns the service.

    .EXAMPLE
    PS> Uninstall-CMSyncService

    Removes the service of the site of this session.

    .EXAMPLE
    PS> Uninstall-CMSyncService -SiteCode ABC -WhatIf

    Shows every step for the service of site ABC, and does nothing.

    .OUTPUTS
    ConfigMgrSync.Service

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Install-CMSyncService
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.Service')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode,

        [switch] $PassThru
    )

    process {
        $service = Invoke-CMSyncServiceControl -Action 'Uninstall' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($PassThru) { $service }
    }
}
