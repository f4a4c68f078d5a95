function Start-CMSyncService {
    <#
    .SYNOPSIS
    Starts the service of a site.

    .DESCRIPTION
    Starts the service that Install-CMSyncService registered and waits until its engine answers. A synchronization that was interrupted
    continues. From then on the service also starts with the machine. The session must be elevated, on Linux that of root.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER PassThru
    Returns the service.

    .EXAMPLE
    PS> Start-CMSyncService

    Starts the service of the site of this session.

    .EXAMPLE
    PS> Start-CMSyncService -SiteCode ABC -WhatIf

    Shows every step for the service of site ABC, and does nothing.

    .OUTPUTS
    ConfigMgrSync.Service

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Stop-CMSyncService
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
        $service = Invoke-CMSyncServiceControl -Action 'Start' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($PassThru) { $service }
    }
}
