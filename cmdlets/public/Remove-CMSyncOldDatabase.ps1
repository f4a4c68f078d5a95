function Remove-CMSyncOldDatabase {
    <#
    .SYNOPSIS
    Removes the database that a move of a site has left.

    .DESCRIPTION
    Move-CMSyncSite keeps the old database until you remove it, and a site is not moved again before. The engine goes on meanwhile.

    If a move was interrupted, its copy is removed instead. For this an idle engine is ended, and the next move begins again from the start.

    Asks first, unless -Force is given, and says how much space it frees.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .PARAMETER Force
    Does not ask.

    .EXAMPLE
    PS> Remove-CMSyncOldDatabase -WhatIf

    Shows what would be removed and how much space it takes.

    .EXAMPLE
    PS> Remove-CMSyncOldDatabase -SiteCode ABC -Force

    Removes the old database of a site without confirmation.

    .INPUTS
    ConfigMgrSync.Site

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/servers/manage/site-database-move

    .LINK
    about_ConfigMgrSync

    .LINK
    Move-CMSyncSite
    #>
    [CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/servers/manage/site-database-move')]
    [OutputType([void])]
    param(
        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode,

        [switch] $Force
    )

    process {
        $call = @{ Method = 'site/removeOldDatabase'; SiteCode = $SiteCode; Caller = $PSCmdlet }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        # Nobody is asked about what does not exist.
        $found = Invoke-CMSyncMethod @call -Params @{ requestId = [guid]::NewGuid().ToString(); whatIf = $true }
        if ($null -eq $found) { return }
        $what = if ($found.Database) { "old database $($found.Database)" } else { 'copy of an interrupted move' }
        $size = ([double] $found.Size / 1MB).ToString('N1')
        $target = "$what of site $($found.SiteCode) in $($found.Path), $size MB"
        if (-not (Confirm-CMSyncAction -Target $target -Action 'Remove' -Caller $PSCmdlet)) { return }
        [void] (Invoke-CMSyncMethod @call -Params @{ requestId = [guid]::NewGuid().ToString() })
    }
}
