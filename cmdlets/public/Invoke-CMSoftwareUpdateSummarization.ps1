function Invoke-CMSoftwareUpdateSummarization {
    <#
    .SYNOPSIS
    Summarizes software updates now.

    .DESCRIPTION
    Counts the software updates of the site at once; Get-CMSoftwareUpdateSummarizationSchedule shows the counts. The next automatic
    summarization runs at its usual time.

    .PARAMETER DisableWildcardHandling
    Accepted for existing scripts. This command takes no names.

    .PARAMETER ForceWildcardHandling
    Accepted for existing scripts. This command takes no names. It cannot be combined with -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Invoke-CMSoftwareUpdateSummarization; Get-CMSoftwareUpdateSummarizationSchedule

    Counts now, and shows the counts.

    .EXAMPLE
    PS> Invoke-CMSoftwareUpdateSummarization -WhatIf

    Shows what would be done.

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/invoke-cmsoftwareupdatesummarization

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdateSummarizationSchedule

    .LINK
    Set-CMSoftwareUpdateSummarizationSchedule
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/invoke-cmsoftwareupdatesummarization')]
    [OutputType([object])]
    param(
        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", 'Summarize software updates')) { return }
        $params = @{ requestId = [guid]::NewGuid().ToString() }
        [void] (Invoke-CMSyncMethod -Method 'summarization/run' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet)
    }
}
