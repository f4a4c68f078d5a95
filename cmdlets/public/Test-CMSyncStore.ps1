function Test-CMSyncStore {
    <#
    .SYNOPSIS
    Verifies everything that the site has stored.

    .DESCRIPTION
    Reads the site database and every update document again: checksums, the chain of journals, each document down to its
    identity, and rows that point to missing entries. The engine continues to work meanwhile. If damage keeps the engine
    from starting, the files are read as far as possible.

    Healthy is $false if anything is damaged. Findings lists each problem, with Severity Damage or Notice, and what
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
