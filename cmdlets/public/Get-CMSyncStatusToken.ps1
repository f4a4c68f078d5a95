function Get-CMSyncStatusToken {
    <#
    .SYNOPSIS
    Gets the tokens for the status page of a site.

    .DESCRIPTION
    Returns the name of each token, when it was made and when it expires. The tokens themselves are not stored, so they cannot be shown
    again.

    .PARAMETER Name
    The name. * and ? stand for other characters. A name that no token has gives a warning.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSyncStatusToken

    All tokens of the site.

    .EXAMPLE
    PS> Get-CMSyncStatusToken | Where-Object IsExpired | Remove-CMSyncStatusToken -Force

    Removes the tokens that have expired.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    ConfigMgrSync.StatusToken

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    New-CMSyncStatusToken
    #>
    [CmdletBinding(PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.StatusToken')]
    param(
        [Parameter(Position = 0)]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $answer = Invoke-CMSyncMethod -Method 'statusToken/list' -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        $named = @{ Pattern = $Name; Known = @($answer.tokens).Name; Wildcard = $true }
        Write-CMSyncNoMatch @named -Text 'There is no status token {0}.' -Caller $PSCmdlet
        foreach ($token in $answer.tokens) {
            if ($Name -and -not (Test-CMSyncName -Name $token.Name -Pattern $Name -Wildcard $true)) { continue }
            ConvertTo-CMSyncObject -Kind 'StatusToken' -InputObject $token
        }
    }
}
