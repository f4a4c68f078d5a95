function Import-CMSyncCatalog {
    <#
    .SYNOPSIS
    Synchronizes the site with an exported catalogue, for a network without a connection.

    .DESCRIPTION
    Checks a whole package of Export-CMSyncCatalog or wsusutil before anything is written: its format, every record and
    document, its hashes and signature, and whether it matches the site (languages, products, classifications, older than what was
    imported before, an increment with a missing predecessor). Then a synchronization run imports it, with progress,
    log, status messages and history as from an upstream. Updates whose document cannot be read, and bundles without their
    children, are left out and listed in FailedUpdates.

    Updates that are not in the package are not expired. The configured source and its state do not change. An interrupted import
    continues like a synchronization.

    .PARAMETER Path
    The file: a cabinet (LZX, MSZIP or stored), or the gzip format. The content decides, not the name.

    .PARAMETER Force
    Imports even if the package does not match the site, and shows the differences as warnings. A damaged package is never
    imported.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Import-CMSyncCatalog -Path E:\catalog.cab -WhatIf

    Checks the package and shows the problems. Nothing is changed.

    .EXAMPLE
    PS> $run = Import-CMSyncCatalog -Path E:\catalog.cab
    PS> $run.Counts

    Imports it and shows the counts.

    .OUTPUTS
    ConfigMgrSync.Run, with -WhatIf ConfigMgrSync.Package

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates-disconnected

    .LINK
    about_ConfigMgrSync

    .LINK
    Export-CMSyncCatalog
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates-disconnected')]
    [OutputType('ConfigMgrSync.Run')]
    param(
        [Parameter(Mandatory = $true, Position = 0, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [switch] $Force,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $file = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet
        $params = @{ requestId = [guid]::NewGuid().ToString(); path = $file }
        $call = @{ Activity = "Importing $file"; SiteCode = $SiteCode; Caller = $PSCmdlet }
        if ($WhatIfPreference) {
            $answer = Invoke-CMSyncMethod -Method 'catalog/inspect' -Params $params @call
            if ($null -eq $answer) { return }
            $package = ConvertTo-CMSyncObject -Kind 'Package' -InputObject $answer.package
            [void] $PSCmdlet.ShouldProcess($file, "Import $($package.Documents) documents into site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)")
            foreach ($difference in $package.Differences) { Write-Warning "The package does not match this site: $difference." }
            foreach ($warning in $package.Warnings) { Write-Warning $warning }
            return $package
        }
        if (-not $PSCmdlet.ShouldProcess("site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)", "Import $file")) { return }

        $params += @{ force = [bool] $Force; requester = [Environment]::UserName }
        $answer = Invoke-CMSyncMethod -Method 'catalog/import' -Params $params @call
        if ($null -eq $answer) { return }
        foreach ($difference in $answer.package.Differences) { Write-Warning "The package does not match this site: $difference." }
        foreach ($warning in $answer.package.Warnings) { Write-Warning $warning }
        $run = Wait-CMSyncRunEnd -Run (ConvertTo-CMSyncObject -Kind 'Run' -InputObject $answer.run) -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $run) { return }
        $run
        if (-not $run.Succeeded) { Write-CMSyncError -Record (New-CMSyncRunErrorRecord -Run $run) -Caller $PSCmdlet }
    }
}
