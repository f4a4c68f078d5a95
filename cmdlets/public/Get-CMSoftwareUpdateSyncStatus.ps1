function Get-CMSoftwareUpdateSyncStatus {
    <#
    .SYNOPSIS
    Gets the synchronization status of the software update points.

    .DESCRIPTION
    Returns one SMS_SUPSyncStatus for each software update point of the site. LastSyncState is the number of a status message
    (6702 done, 6703 failed, 6701, 6704, 6705 and 6706 in progress); LastSyncStateName, LastSyncErrorId and
    LastSyncErrorMessage are not in the ConfigMgr module. Nor are LastSyncStateAge and LastSuccessfulSyncAge, the time since then.
    A warning names settings that have no effect, such as an after-sync command of another account. A site or server
    without wildcards that no software update point has is a warning too.

    .PARAMETER SiteCode
    Only software update points of this site. * and ? stand for other characters.

    .PARAMETER WSUSServerName
    Only software update points on these servers. * and ? stand for other characters.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateSyncStatus

    The status of every software update point as a table.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateSyncStatus | Where-Object { $_.LastSyncState -eq 6703 } | Select-Object WSUSServerName, LastSyncErrorMessage

    The software update points whose last synchronization failed, and why.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateSyncStatus -SiteCode ABC | Where-Object { -not $_.LastSuccessfulSyncAge -or $_.LastSuccessfulSyncAge.TotalDays -gt 7 }

    The software update points of a site that have not been synchronized for a week.

    .OUTPUTS
    IResultObject#SMS_SUPSyncStatus

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatesyncstatus

    .LINK
    about_ConfigMgrSync

    .LINK
    Sync-CMSoftwareUpdate
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatesyncstatus')]
    [OutputType('IResultObject#SMS_SUPSyncStatus')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [SupportsWildcards()]
        [string] $SiteCode,

        [SupportsWildcards()]
        [string[]] $WSUSServerName,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        $asked = Resolve-CMSyncFilterSite -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $asked) { return }
        $answer = Invoke-CMSyncMethod -Method 'status/get' -SiteCode $asked -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($text in @($answer.warnings)) { if ($text) { $PSCmdlet.WriteWarning($text) } }
        $rows = @(ConvertTo-CMSyncObject -Kind 'SUPSyncStatus' -InputObject $answer.status)
        $common = @{ Wildcard = $wildcard; Caller = $PSCmdlet }
        $text = 'No software update point {0} is known here.'
        Write-CMSyncNoMatch -Pattern $SiteCode -Known $rows.SiteCode -Text ($text -f 'of site {0}') @common
        Write-CMSyncNoMatch -Pattern $WSUSServerName -Known $rows.WSUSServerName -Text ($text -f 'on the server {0}') @common
        foreach ($row in $rows) {
            if ($SiteCode -and -not (Test-CMSyncName -Name $row.SiteCode -Pattern $SiteCode -Wildcard $wildcard)) { continue }
            if ($WSUSServerName -and -not (Test-CMSyncName -Name $row.WSUSServerName -Pattern $WSUSServerName -Wildcard $wildcard)) { continue }
            $row
        }
    }
}
