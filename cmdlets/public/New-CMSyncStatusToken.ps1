function New-CMSyncStatusToken {
    <#
    .SYNOPSIS
    Makes a token with which somebody can see the status page of a site from another machine.

    .DESCRIPTION
    The status page is at the port of a site (configmgrsync serve --port, or Install-CMSyncService -Port). On the machine of the site it
    asks for nothing. From elsewhere it is shown over https, and only to somebody who signs in with such a token. A collector of
    /metrics sends the token as a Bearer token.

    The token is shown only once: the site keeps a hash of it. Whoever has it can see the page and change nothing.
    A token whose time is over gives its name away. A warning says if no port is open to other machines.

    .PARAMETER Name
    What the token is called, such as the person or program that uses it. 64 characters at most.

    .PARAMETER ExpirationDays
    Days until the token expires. Default: 90.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> (New-CMSyncStatusToken -Name 'Prometheus' -ExpirationDays 365).Token | Set-Content ./status-token

    A token for a collector of metrics, in a file.

    .EXAMPLE
    PS> New-CMSyncStatusToken -Name 'Service desk'

    A token for people, with the address of the page.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    ConfigMgrSync.NewStatusToken

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncStatusToken

    .LINK
    Remove-CMSyncStatusToken
    #>
    [CmdletBinding(SupportsShouldProcess = $true, PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/get-started/synchronize-software-updates')]
    [OutputType('ConfigMgrSync.NewStatusToken')]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateLength(1, 64)]
        [string] $Name,

        [ValidateRange(1, 3650)]
        [int] $ExpirationDays = 90,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $target = "site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
        if (-not $PSCmdlet.ShouldProcess($target, "Make the status token $Name")) { return }
        $params = @{ requestId = [guid]::NewGuid().ToString(); name = $Name; expirationDays = $ExpirationDays }
        $answer = Invoke-CMSyncMethod -Method 'statusToken/new' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        foreach ($text in $answer.Warnings) { $PSCmdlet.WriteWarning($text) }
        [pscustomobject]@{
            PSTypeName     = 'ConfigMgrSync.NewStatusToken'
            Name           = $answer.Name
            SiteCode       = $answer.SiteCode
            Address        = $answer.Address
            ExpirationTime = ConvertFrom-CMSyncTime -InputObject $answer.ExpirationTime
            Token          = $answer.Token
        }
    }
}
