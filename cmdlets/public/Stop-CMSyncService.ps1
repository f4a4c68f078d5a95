function Stop-CMSyncService {
    <#
    .SYNOPSIS
    Stops the service of a site.

    .DESCRIPTION
    Ends the engine of the service cleanly. A running synchronization ends as failed with EngineStopped. What it has stored is kept,
    and it continues when the service starts. The service stays stopped, even after a restart of the machine, until Start-CMSyncService.
    The session must be elevated, on Linux that of root.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER PassThru
    Returns the service.

    .EXAMPLE
    PS> Stop-CMSyncService

    Stops the service of the site of this session.

    .EXAMPLE
    PS> Stop-CMSyncService -SiteCode ABC -WhatIf

    Shows every step for the service of site ABC, and does nothing.

    .OUTPUTS
    ConfigMgrSync.Service

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Start-CMSyncService
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
        $service = Invoke-CMSyncServiceControl -Action 'Stop' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($PassThru) { $service }
    }
}
