function Repair-CMSyncSiteAccess {
    <#
    .SYNOPSIS
    Corrects the owner and the access lists of a site folder on Windows.

    .DESCRIPTION
    A site folder that another account owns, or where others may write, is refused (SiteFolderNotTrusted), because its engine may be
    SYSTEM. This command gives the folder and its content to Administrators. SYSTEM and Administrators get full control, and so
    does any account that had it from a trusted owner. Operators may read, and may put files into Transfer. Nobody else has an entry. In the
    folder of all sites, that folder is corrected too. The session must be elevated.

    With -IncludeParent the folders above the site that others could rename or replace get the list of the folder of all sites too:
    full control for SYSTEM and Administrators, read access for users. Folders of Windows itself (ProgramData, Users and so on), and the drive,
    stay as they are. Other files in such a folder keep their access lists.

    First check who could write there: the content of the site, including the after-sync command, may be theirs.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER IncludeParent
    Also corrects the folders above the site in which others could replace it.

    .PARAMETER PassThru
    Returns what was done.

    .EXAMPLE
    PS> Repair-CMSyncSiteAccess -SiteCode ABC -WhatIf

    Shows every list that would be set for site ABC, and does nothing.

    .EXAMPLE
    PS> Repair-CMSyncSiteAccess -SiteCode ABC

    Sets the owner and the lists of site ABC, after confirmation.

    .EXAMPLE
    PS> Repair-CMSyncSiteAccess -SiteCode ABC -IncludeParent -WhatIf

    Shows the same for a site in C:\Sites\ABC, with the list of C:\Sites if everybody may rename folders there.

    .OUTPUTS
    ConfigMgrSync.SiteAccess: SiteCode, InstallDir, Reason (why the folder was refused before), Steps, and Changed.

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Install-CMSyncService
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.SiteAccess')]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode,

        [switch] $IncludeParent,

        [switch] $PassThru
    )

    process {
        $call = @{ Method = 'site/repairAccess'; SiteCode = $SiteCode; Caller = $PSCmdlet }
        $more = if ($IncludeParent) { @{ includeParent = $true } } else { @{} }
        $plan = Invoke-CMSyncMethod @call -Params (@{ requestId = [guid]::NewGuid().ToString(); whatIf = $true } + $more)
        if ($null -eq $plan) { return }
        $steps = @($plan.Steps) -join "`n"
        $what = "Put the access of $($plan.InstallDir) right"
        if ($plan.Reason) { $what += ". $($plan.Reason)" }
        if (-not $PSCmdlet.ShouldProcess("${what}:`n$steps", "${what}:`n$steps`n`nContinue?", $what)) { return }
        $done = Invoke-CMSyncMethod @call -Params (@{ requestId = [guid]::NewGuid().ToString() } + $more)
        if ($null -eq $done) { return }
        if (-not $PassThru) { return }
        [pscustomobject]@{
            PSTypeName = 'ConfigMgrSync.SiteAccess'
            SiteCode   = $done.SiteCode
            InstallDir = $done.InstallDir
            Reason     = $done.Reason
            Steps      = [string[]] @($done.Steps)
            Changed    = [bool] $done.Changed
        }
    }
}
