function Get-CMSoftwareUpdateContentInfo {
    <#
    .SYNOPSIS
    Gets the files of software updates.

    .DESCRIPTION
    Returns SMS_CIContentFiles objects: name, size and hashes of each file, as the document of the update has them. For an update
    that bundles others, these are their files. SourceURL is the address in the content folder of the upstream server. It is empty
    with Microsoft Update, which gives addresses only when files are fetched. Nothing is downloaded.

    .PARAMETER Id
    The CI_ID of the update.

    .PARAMETER InputObject
    An update from Get-CMSoftwareUpdate of the same site, or a copy saved with Export-Clixml. Its CI_ID is used.

    .PARAMETER Name
    The title of the update. Includes all updates with this title. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER UniqueId
    The CI_UniqueID of the update, or its model name.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSoftwareUpdate -Fast -ArticleId 5034441 | Get-CMSoftwareUpdateContentInfo

    The files of the updates of one knowledge base article.

    .EXAMPLE
    PS> (Get-CMSoftwareUpdateContentInfo -Id 16777300 | Measure-Object FileSize -Sum).Sum / 1MB

    The size of an update in megabytes.

    .INPUTS
    IResultObject#SMS_SoftwareUpdate

    .OUTPUTS
    IResultObject#SMS_CIContentFiles

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatecontentinfo

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdate
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchById', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatecontentinfo')]
    [OutputType('IResultObject#SMS_CIContentFiles')]
    param(
        [Parameter(ParameterSetName = 'SearchById', Mandatory = $true)]
        [Alias('CIId', 'CI_ID')]
        [string] $Id,

        [Parameter(ParameterSetName = 'SearchByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [Parameter(ParameterSetName = 'SearchByName', Mandatory = $true)]
        [Alias('LocalizedDisplayName')]
        [string] $Name,

        [Parameter(ParameterSetName = 'SearchByUniqueId', Mandatory = $true)]
        [Alias('CI_UniqueID')]
        [string] $UniqueId,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $params = switch ($PSCmdlet.ParameterSetName) {
            'SearchByName' { @{ names = [string[]] $Name; wildcard = [bool] $ForceWildcardHandling } }
            'SearchByUniqueId' { @{ uniqueIds = [string[]] $UniqueId } }
            default {
                $number = Resolve-CMSyncUpdateId -InputObject $(if ($Id) { $Id } else { $InputObject }) -Caller $PSCmdlet
                if ($null -ne $number) { @{ ciIds = [uint32[]] $number } }
            }
        }
        if ($null -eq $params) { return }
        $answer = Invoke-CMSyncMethod -Method 'content/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet -EachItem
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'ContentFileInfo' -InputObject $answer.files
    }
}
