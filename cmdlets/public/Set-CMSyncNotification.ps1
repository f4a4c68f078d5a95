function Set-CMSyncNotification {
    <#
    .SYNOPSIS
    Sets how the site sends alerts.

    .DESCRIPTION
    The mail server is reached with TLS, and its certificate is verified; the certificates of -SourceCABundle of
    Set-CMSoftwareUpdatePointComponent are trusted too. The password is stored as a secret of the site, and another mail server does
    not get it. Child sites that have no mail server of their own use that of their parent, unless it is on the parent's machine.

    .PARAMETER SmtpServer
    The mail server. '' for none: then no mail is sent.

    .PARAMETER SmtpPort
    Its port. Default: 587.

    .PARAMETER SmtpSecurity
    StartTls (the default), Tls from the beginning, or None. None is only for a server on this machine, unless
    -AllowUnencrypted is given.

    .PARAMETER AllowUnencrypted
    Allows -SmtpSecurity None for another machine. Everybody on the way can read and change the mail.

    .PARAMETER Sender
    The address of the sender.

    .PARAMETER Credential
    Name and password at the mail server. An empty one ([pscredential]::Empty) removes both.

    .PARAMETER DigestMinutes
    A receiver gets one message in so many minutes; further alerts wait and come together. Default: 5. 0: each alert has a
    message of its own.

    .PARAMETER Inherit
    At a child site: forgets what was set at this site. The mail server of the parent is used, with its sender, name and password.
    Not with other settings.

    .PARAMETER PassThru
    Also returns the settings.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Set-CMSyncNotification -SmtpServer 'mail.contoso.com' -Sender 'sync@contoso.com' -Credential (Get-Credential)

    Sends mail over STARTTLS at port 587.

    .EXAMPLE
    PS> Set-CMSyncNotification -SmtpServer 'localhost' -SmtpPort 25 -SmtpSecurity None -Sender 'sync@contoso.com' -PassThru

    Hands mail to a server on the same machine.

    .OUTPUTS
    None; with -PassThru CMSync_Notification

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/configure-alerts

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncNotification

    .LINK
    New-CMAlertSubscription

    .LINK
    Test-CMSyncAlertSubscription
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/configure-alerts')]
    [OutputType('IResultObject#CMSync_Notification')]
    param(
        [AllowEmptyString()]
        [string] $SmtpServer,

        [ValidateRange(1, 65535)]
        [int] $SmtpPort,

        [ValidateSet('StartTls', 'Tls', 'None')]
        [string] $SmtpSecurity,

        [switch] $AllowUnencrypted,

        [string] $Sender,

        [pscredential] $Credential,

        [ValidateRange(0, 60)]
        [int] $DigestMinutes,

        [switch] $Inherit,

        [switch] $PassThru,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $names = 'SmtpServer', 'SmtpPort', 'SmtpSecurity', 'AllowUnencrypted', 'Sender', 'DigestMinutes', 'Inherit'
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name $names
        if ($PSBoundParameters.ContainsKey('Credential')) {
            $params['userName'] = [string] $Credential.UserName
            $params['smtpPassword'] = [string] $Credential.GetNetworkCredential().Password
        }
        if ($params.Count -eq 0) {
            $data = @{ reason = 'Give at least one property to change' }
            $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
        }
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Set notification')) { return }
        $params['requestId'] = [guid]::NewGuid().ToString()
        $answer = Invoke-CMSyncMethod -Method 'notification/set' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
        if ($PassThru) { ConvertTo-CMSyncObject -Kind 'Notification' -InputObject $answer.notification }
    }
}
