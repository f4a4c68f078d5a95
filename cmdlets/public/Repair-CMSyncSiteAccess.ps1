function Repair-CMSyncSiteAccess {
    <#
    .SYNOPSIS
    Puts owner and access lists of the folder of a site right, on Windows.

    .DESCRIPTION
    A site folder that somebody else owns, or where others may write, is refused (SiteFolderNotTrusted), because its engine may be
    SYSTEM. This command gives the folder, and all that is in it, to Administrators. SYSTEM and Administrators get full control, and so
    does who had it from an owner that can be trusted; operators read and put files into Transfer; nobody else has an entry. Below the
    folder of all sites, that one is put right too. The session must be elevated.

    With -IncludeParent the folders above the site that others could rename or replace get the list of the folder of all sites too:
    SYSTEM and Administrators do everything, users only look. Those of Windows itself (ProgramData, Users and the like), and the drive,
    stay as they are. What else stands in such a folder keeps the lists that it has.

    Look first who could write there: what stands in the site may be theirs, the after-sync command too.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .PARAMETER IncludeParent
    Sets the folders above the site too, where others could put another folder in its place.

    .PARAMETER PassThru
    Gives what was done.

    .EXAMPLE
    PS> Repair-CMSyncSiteAccess -SiteCode ABC -WhatIf

    Shows every list that would be set for site ABC, and does nothing.

    .EXAMPLE
    PS> Repair-CMSyncSiteAccess -SiteCode ABC

    Sets the owner and the lists of site ABC, after a question.

    .EXAMPLE
    PS> Repair-CMSyncSiteAccess -SiteCode ABC -IncludeParent -WhatIf

    Shows the same for a site in C:\Sites\ABC, with the list of C:\Sites where everybody may rename that.

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
