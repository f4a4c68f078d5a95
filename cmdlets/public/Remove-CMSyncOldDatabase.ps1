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

    If the old database is in PostgreSQL, its tables are removed there. -LeaveOnServer leaves them and lets the site forget them.

    .PARAMETER LeaveOnServer
    Leaves the tables on the database server, and lets the site forget them: for a server that is gone for good. If it comes back,
    remove its schema configmgrsync by hand.

    .PARAMETER Force
    Does not ask.

    .EXAMPLE
    PS> Remove-CMSyncOldDatabase -WhatIf

    Shows what would be removed and how much space it takes.

    .EXAMPLE
    PS> Remove-CMSyncOldDatabase -SiteCode ABC -Force

    Removes the old database of a site without confirmation.

    .EXAMPLE
    PS> Remove-CMSyncOldDatabase -LeaveOnServer

    Forgets an old database on a server that does not exist any more.

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

        [switch] $LeaveOnServer,

        [switch] $Force
    )

    process {
        $call = @{ Method = 'site/removeOldDatabase'; SiteCode = $SiteCode; Caller = $PSCmdlet }
        if ($Force -and -not $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }
        $left = @{}
        if ($LeaveOnServer) { $left['leaveOnServer'] = $true }
        # Nobody is asked about what does not exist.
        $found = Invoke-CMSyncMethod @call -Params ($left + @{ requestId = [guid]::NewGuid().ToString(); whatIf = $true })
        if ($null -eq $found) { return }
        $what = if ($found.Database) { "old database $($found.Database)" } else { 'copy of an interrupted move' }
        $size = ([double] $found.Size / 1MB).ToString('N1')
        $action = if ($LeaveOnServer) { 'Forget' } else { 'Remove' }
        $target = "$what of site $($found.SiteCode) in $($found.Path), $size MB"
        if (-not (Confirm-CMSyncAction -Target $target -Action $action -Caller $PSCmdlet)) { return }
        $removed = Invoke-CMSyncMethod @call -Params ($left + @{ requestId = [guid]::NewGuid().ToString() })
        if ($null -eq $removed -or -not $removed.Left) { return }
        Write-Warning ("The tables of site $($removed.SiteCode) in $($removed.Path) are left there, and the site forgets their " +
            'address. If that server comes back, remove its schema configmgrsync by hand.')
    }
}
