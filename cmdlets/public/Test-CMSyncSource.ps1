function Test-CMSyncSource {
    <#
    .SYNOPSIS
    Tests the connection to the synchronization source, stage by stage.

    .DESCRIPTION
    Connects as a synchronization does, with the proxy and the certificates of the component, and returns one object for each stage
    with its time: Name (DNS), Connect (TCP), Proxy, Tls with the certificate of the server, then each call of the protocol
    (GetAuthConfig, GetAuthorizationCookie, GetCookie, GetConfigData, GetRevisionIdList, GetUpdateData). After a failed stage
    the others are skipped. ErrorId, ErrorMessage and NextStep say why and what to do. A failed stage is not an error of the
    command. Nothing is stored or changed, and nothing is retried.

    .PARAMETER UpstreamSourceLocation
    Tests this upstream server in place of the source of the component, such as https://wsus.contoso.com:8531.

    .PARAMETER Quiet
    Returns only whether every stage passed.

    .PARAMETER SiteCode
    The site whose source is tested. Default: the site of the session.

    .EXAMPLE
    PS> Test-CMSyncSource

    Shows every stage as a table.

    .EXAMPLE
    PS> Test-CMSyncSource | Where-Object Status -eq 'Failed' | Select-Object Stage, ErrorMessage, NextStep

    What is wrong, and what to do.

    .EXAMPLE
    PS> if (Test-CMSyncSource -UpstreamSourceLocation https://wsus.contoso.com:8531 -Quiet) { 'It can be used.' }

    Tests another upstream server before you set it.

    .OUTPUTS
    ConfigMgrSync.SourceTestStage, or a Boolean with -Quiet.

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.SourceTestStage')]
    param(
        [ValidateNotNullOrEmpty()]
        [string] $UpstreamSourceLocation,

        [switch] $Quiet,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'UpstreamSourceLocation'
        $answer = Invoke-CMSyncMethod -Method 'source/test' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        if ($Quiet) { return [bool] $answer.Succeeded }
        ConvertTo-CMSyncObject -Kind 'SourceTestStage' -InputObject $answer.Stages
    }
}
