function Test-CMSyncStore {
    <#
    .SYNOPSIS
    Verifies everything that the site has stored.

    .DESCRIPTION
    Reads the site database and every update document again: check sums, the chain of journals, each document down to its
    identity, and rows that name what is not there. The engine goes on with its work meanwhile. Where damage keeps the engine
    from starting, the files are read as far as they go.

    Healthy says whether anything is damaged. Findings holds what was found, with Severity Damage or Notice, and with what
    Repair-CMSyncStore does about it.

    .PARAMETER Quick
    Checks only headers and sizes.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Test-CMSyncStore

    Checks the site.

    .EXAMPLE
    PS> (Test-CMSyncStore).Findings | Where-Object Severity -eq 'Damage' | Select-Object Kind, UpdateID, Reason

    Shows what is damaged.

    .OUTPUTS
    ConfigMgrSync.StoreReport

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/deploy-use/software-updates-maintenance

    .LINK
    about_ConfigMgrSync

    .LINK
    Repair-CMSyncStore
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/deploy-use/software-updates-maintenance')]
    [OutputType('ConfigMgrSync.StoreReport')]
    param(
        [switch] $Quick,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        Get-CMSyncStoreReport -Quick:$Quick -SiteCode $SiteCode -Caller $PSCmdlet
    }
}
