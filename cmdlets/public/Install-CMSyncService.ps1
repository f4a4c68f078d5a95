function Install-CMSyncService {
    <#
    .SYNOPSIS
    Registers the engine of a site to start with the machine.

    .DESCRIPTION
    Registers a scheduled task at start-up on Windows, a systemd unit on Linux. It runs the engine of the site permanently, with nobody
    logged on. From then on the engine runs only under the account of the service. That account gets the site folder, and commands of
    other accounts use the engine but do not start one. A running engine is ended first. Its synchronization continues when the
    service starts. The service starts with the machine, or now with Start-CMSyncService. Run the command again to change the account.

    The session must be elevated, on Linux that of root. Node.js and the module must be in folders where only administrators may write.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER Account
    The account. Default: SYSTEM on Windows, the owner of the site folder on Linux. A group managed service account
    (its name ends with $) needs no password.

    .PARAMETER Credential
    The account with its password, which Windows needs to start a task without a session.

    .PARAMETER Port
    Port on which the service serves downstream servers from now on; 0 to stop serving. Give the port again if you
    install a service that already serves one.

    .PARAMETER ListenAddress
    Address of this machine to listen on, with -Port. Default: 127.0.0.1, this machine alone.

    .PARAMETER AllowHttp
    Serves other machines without encryption.

    .PARAMETER RedirectContent
    Downstream servers ask this one for update files and are redirected to Microsoft. Without it they use the addresses in the metadata.

    .PARAMETER AddressShare
    Percent of the connections and of the memory of the port that one address may have, with -Port. Default: 25. Downstream servers
    behind one proxy share one address: give them more.

    .PARAMETER AllowAfterSyncCommand
    The service may run the after-sync command of the site, which its operators can set, under the account of the service. Without it the
    command does not run, and a warning says so. Give it at each installation.

    .EXAMPLE
    PS> Install-CMSyncService -WhatIf

    Shows the whole task or unit and every step, and does nothing.

    .EXAMPLE
    PS> Install-CMSyncService -SiteCode ABC; Start-CMSyncService -SiteCode ABC

    The engine of site ABC runs under SYSTEM.

    .EXAMPLE
    PS> Install-CMSyncService -Credential (Get-Credential CONTOSO\svc-cmsync)

    The same under an account of the domain.

    .EXAMPLE
    PS> Install-CMSyncService -Port 8530 -ListenAddress 0.0.0.0 -AllowHttp

    The service also serves downstream servers, WSUS servers among them, over HTTP on every address of this machine.

    .OUTPUTS
    ConfigMgrSync.Service

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Start-CMSyncService
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false, DefaultParameterSetName = 'ByAccount',
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.Service')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode,

        [Parameter(ParameterSetName = 'ByAccount')]
        [string] $Account,

        [Parameter(ParameterSetName = 'ByCredential', Mandatory = $true)]
        [pscredential] $Credential,

        [ValidateRange(0, 65535)]
        [int] $Port,

        [string] $ListenAddress,

        [switch] $AllowHttp,

        [switch] $RedirectContent,

        [ValidateRange(1, 100)]
        [int] $AddressShare,

        [switch] $AllowAfterSyncCommand
    )

    process {
        $name = if ($Credential) { $Credential.UserName } else { $Account }
        $params = @{}
        if ($name) { $params['account'] = $name }
        if ($PSBoundParameters.ContainsKey('Port')) { $params['port'] = $Port }
        if ($ListenAddress) { $params['host'] = $ListenAddress }
        if ($AllowHttp) { $params['allowHttp'] = $true }
        if ($RedirectContent) { $params['redirectsContent'] = $true }
        if ($AddressShare) { $params['addressShare'] = $AddressShare }
        if ($AllowAfterSyncCommand) { $params['allowAfterSyncCommand'] = $true }
        if (-not (Confirm-CMSyncServiceAction -Action 'Install' -Wanted $params -SiteCode $SiteCode -Caller $PSCmdlet)) { return }
        $params['requestId'] = [guid]::NewGuid().ToString()
        if ($Credential) { $params['password'] = $Credential.GetNetworkCredential().Password }
        $answer = Invoke-CMSyncMethod -Method 'service/install' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'Service' -InputObject $answer
    }
}
