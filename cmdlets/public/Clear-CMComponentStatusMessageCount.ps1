function Clear-CMComponentStatusMessageCount {
    <#
    .SYNOPSIS
    Sets the count of status messages of a component to zero.

    .DESCRIPTION
    Get-CMSyncComponentStatus counts from now on. The messages stay: Get-CMComponentStatusMessage still shows them.

    .PARAMETER ComponentName
    Name of the component, such as SMS_WSUS_SYNC_MANAGER. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER ComputerName
    Name of the server. Default: every server.

    .PARAMETER Severity
    Which count is set to zero.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. It cannot be combined with -DisableWildcardHandling.

    .EXAMPLE
    PS> Clear-CMComponentStatusMessageCount -ComponentName 'SMS_WSUS_SYNC_MANAGER' -Severity All

    Sets all counts of the component to zero.

    .EXAMPLE
    PS> Clear-CMComponentStatusMessageCount -ComponentName 'SMS_WSUS_SYNC_MANAGER' -Severity Error -WhatIf

    Shows which count would be set to zero.

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/clear-cmcomponentstatusmessagecount

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncComponentStatus
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/clear-cmcomponentstatusmessagecount')]
    [OutputType([void])]
    param(
        [Parameter(Mandatory = $true)]
        [ValidateLength(1, 256)]
        [string] $ComponentName,

        [Alias('MachineName')]
        [string] $ComputerName,

        [Parameter(Mandatory = $true)]
        [ValidateSet('All', 'Error', 'Warning', 'Information')]
        [string] $Severity,

        [string] $SiteCode,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $names = 'ComponentName', 'ComputerName', 'Severity'
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name $names
        $target = "messages of $ComponentName of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode), severity $Severity"
        if (-not $PSCmdlet.ShouldProcess($target, 'Set count to zero')) { return }
        $params += @{ requestId = [guid]::NewGuid().ToString(); wildcard = [bool] $ForceWildcardHandling }
        $answer = Invoke-CMSyncMethod -Method 'componentStatus/clear' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($warning in $answer.warnings) { $PSCmdlet.WriteWarning($warning) }
    }
}
