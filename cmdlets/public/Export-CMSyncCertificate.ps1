function Export-CMSyncCertificate {
    <#
    .SYNOPSIS
    Writes the certificate of the authority of a site into a file, for downstream servers.

    .DESCRIPTION
    The port of a site has a certificate issued by the site's own authority. A downstream server that must trust the port,
    WSUS or another site without a join token, needs the certificate of that authority: import it into its trusted root
    authorities, or name the file with Set-CMSoftwareUpdatePointComponent -SourceCABundle. The file is PEM (Base-64 encoded X.509),
    which Windows accepts as .cer, .crt and .pem. It contains no private key, so you may give it to anybody. -Verbose shows its
    thumbprint.

    The authority is created when the site first listens on a port. Update-CMSyncSiteKey keeps it and renews only the certificate of the
    port.

    .PARAMETER Path
    The file to write.

    .PARAMETER Force
    Replaces an existing file.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Export-CMSyncCertificate -Path E:\ABC-authority.cer -Verbose

    Writes the certificate and shows its thumbprint.

    .EXAMPLE
    PS> Export-CMSyncCertificate -Path E:\ABC-authority.cer -Force

    Replaces an earlier file.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    System.IO.FileInfo

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites

    .LINK
    about_ConfigMgrSync

    .LINK
    Update-CMSyncSiteKey
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/design-a-hierarchy-of-sites')]
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [switch] $Force,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $file = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet
        if (-not $PSCmdlet.ShouldProcess($file, "Export the certificate of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)")) { return }
        $found = Invoke-CMSyncMethod -Method 'site/certificate' -Params @{} -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $found) { return }
        if (-not (Save-CMSyncText -Path $file -Text $found.Certificate -Force:$Force -Caller $PSCmdlet)) { return }
        $until = (ConvertFrom-CMSyncTime -InputObject $found.NotAfter).ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
        $PSCmdlet.WriteVerbose("$($found.Subject), thumbprint $($found.Thumbprint), valid until $until")
        Get-CMSyncFileItem -Path $file
    }
}
