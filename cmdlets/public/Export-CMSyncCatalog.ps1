function Export-CMSyncCatalog {
    <#
    .SYNOPSIS
    Exports the catalogue of the site into a file, for a network without a connection.

    .DESCRIPTION
    Writes all update metadata of the site, or what changed since a run or a date, into one file: a cabinet in the layout of
    wsusutil (.cab, at most 2 GB of metadata), which WSUS and Import-CMSyncCatalog read, or a gzip file (.xml.gz) of any
    size, which Import-CMSyncCatalog reads. The file .manifest.json beside it has the hashes and the signature of the
    site. Copy both. Approvals, settings and content files are not exported. The file is written completely or not at all. Ctrl+C
    leaves no file behind.

    .PARAMETER Path
    The file to write. Its name ends in .cab or .xml.gz.

    .PARAMETER Since
    A run number or a date: exports only what was stored after that run ended, or after that date. The importing site must
    have imported everything before. Give LastRun of the last exported package.

    .PARAMETER IncludeContentList
    Writes a list of the content files of the updates (.content.csv): path below WSUSContent, size, SHA-1 and
    address.

    .PARAMETER Force
    Replaces an existing file.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> $package = Export-CMSyncCatalog -Path E:\catalog.cab
    PS> $package.SignerFingerprint

    Exports everything, and shows what the other site can trust with -TrustedPackageSigner.

    .EXAMPLE
    PS> Export-CMSyncCatalog -Path E:\june.cab -Since $package.LastRun

    Exports what changed since the previous export.

    .EXAMPLE
    PS> Export-CMSyncCatalog -Path E:\catalog.xml.gz -IncludeContentList -Force

    Exports in the format without a size limit, with the list of content files, and replaces an earlier file.

    .OUTPUTS
    ConfigMgrSync.Package

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates-disconnected

    .LINK
    about_ConfigMgrSync

    .LINK
    Import-CMSyncCatalog
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates-disconnected')]
    [OutputType('ConfigMgrSync.Package')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [ValidateNotNullOrEmpty()]
        [string] $Since,

        [switch] $IncludeContentList,

        [switch] $Force,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $file = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet
        if (-not $PSCmdlet.ShouldProcess($file, "Export the catalogue of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)")) { return }

        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Since', 'IncludeContentList', 'Force'
        $params += @{ requestId = [guid]::NewGuid().ToString(); path = $file }
        $answer = Invoke-CMSyncMethod -Method 'catalog/export' -Params $params -Activity "Exporting to $file" -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($warning in $answer.package.Warnings) { Write-Warning $warning }
        ConvertTo-CMSyncObject -Kind 'Package' -InputObject $answer.package
    }
}
