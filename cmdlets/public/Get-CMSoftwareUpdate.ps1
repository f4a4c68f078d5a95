function Get-CMSoftwareUpdate {
    <#
    .SYNOPSIS
    Gets software updates from the site database.

    .DESCRIPTION
    Returns SMS_SoftwareUpdate objects. Filters combine with AND. Without -Fast the lazy properties (LocalizedInformation,
    LocalizedEulas, SDMPackageXML, FileNames) are fetched, which takes much longer, and a warning says so;
    $CMPSSuppressFastNotUsedCheck = $true silences it. Objects come page by page, so Select-Object -First is quick.

    .PARAMETER Fast
    Leaves out the lazy properties.

    .PARAMETER Id
    The updates with these CI_IDs. Objects that have one, such as those of Get-CMSyncChange, are taken from the pipeline.

    .PARAMETER UpdateGroup
    An update group. A site here has none: nothing is returned, and a warning says so.

    .PARAMETER UpdateGroupId
    CI_IDs of update groups. A site here has none.

    .PARAMETER UpdateGroupName
    Names of update groups. A site here has none.

    .PARAMETER ArticleId
    The number of the knowledge base article, such as 5034441. * and ? stand for other characters.

    .PARAMETER BulletinId
    The number of the bulletin, such as MS18-952. * and ? stand for other characters.

    .PARAMETER Category
    Categories from Get-CMSoftwareUpdateCategory. An update matches if it has any of the products, and any of the
    classifications. If you give both, both must match.

    .PARAMETER CategoryName
    Names of categories. They work as -Category does.

    .PARAMETER Product
    Updates of any of these products, families or companies, by name. * and ? stand for other characters.

    .PARAMETER Classification
    Updates of any of these classifications, by name. * and ? stand for other characters.

    .PARAMETER DatePostedMax
    Published at or before this time.

    .PARAMETER DatePostedMin
    Published at or after this time.

    .PARAMETER DateRevisedMax
    Revised at or before this time.

    .PARAMETER DateRevisedMin
    Revised at or after this time.

    .PARAMETER EulaExist
    Whether the update has licence terms.

    .PARAMETER IncludeUpgrade
    Includes the classification Upgrades, which is left out otherwise.

    .PARAMETER IsContentProvisioned
    Whether the content is available to clients. Here it never is, even after Save-CMSoftwareUpdate.

    .PARAMETER IsDeployed
    Whether the update is deployed.

    .PARAMETER IsExpired
    Whether the update is expired.

    .PARAMETER IsLatest
    Whether it is the latest revision.

    .PARAMETER IsOfflineServiceable
    Whether it can be installed in an offline image.

    .PARAMETER IsSuperseded
    Whether another update supersedes it.

    .PARAMETER IsUserDefined
    Whether a user created it.

    .PARAMETER Name
    The title. * and ? stand for other characters.

    .PARAMETER OnlyExpired
    Only expired updates.

    .PARAMETER Severity
    The severity from the publisher. The severity set with Set-CMSoftwareUpdate -CustomSeverity is CustomSeverityName.

    .PARAMETER Vendor
    The vendor, such as Microsoft.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSoftwareUpdate -Fast -IsExpired $false -IsSuperseded $false -DatePostedMin (Get-Date).AddMonths(-1)

    The current updates of the last month.

    .EXAMPLE
    PS> Get-CMSoftwareUpdate -Fast -ArticleId 5034441

    The updates of one knowledge base article.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateCategory -Fast -Name 'Windows Server 2025' | Get-CMSoftwareUpdate -Fast -Severity Critical

    The critical updates of one product.

    .EXAMPLE
    PS> Get-CMSoftwareUpdate -Fast -Product 'Windows 11*' -Classification 'Security Updates' | Export-Csv -Path updates.csv -NoTypeInformation

    The security updates of some products as a list for a spreadsheet.

    .INPUTS
    IResultObject#SMS_UpdateCategoryInstance

    .OUTPUTS
    IResultObject#SMS_SoftwareUpdate

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdate

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdateCategory
    #>
    [CmdletBinding(DefaultParameterSetName = 'SearchByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdate')]
    [OutputType('IResultObject#SMS_SoftwareUpdate')]
    param(
        [switch] $Fast,

        [Parameter(ParameterSetName = 'SearchById', Mandatory = $true)]
        [Alias('CIId', 'CI_ID')]
        [int[]] $Id,

        [Parameter(ParameterSetName = 'SearchByUpdateGroup', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $UpdateGroup,

        [Parameter(ParameterSetName = 'SearchByUpdateGroupIdMandatory', Mandatory = $true)]
        [string[]] $UpdateGroupId,

        [Parameter(ParameterSetName = 'SearchByUpdateGroupNameMandatory', Mandatory = $true)]
        [string[]] $UpdateGroupName,

        [Parameter(ParameterSetName = 'SearchByName')]
        [SupportsWildcards()]
        [string] $ArticleId,

        [Parameter(ParameterSetName = 'SearchByName')]
        [SupportsWildcards()]
        [string] $BulletinId,

        [Parameter(ParameterSetName = 'SearchByName', ValueFromPipeline = $true)]
        [psobject[]] $Category,

        [Parameter(ParameterSetName = 'SearchByName')]
        [Alias('CategoryNames')]
        [string[]] $CategoryName,

        [Parameter(ParameterSetName = 'SearchByName')]
        [SupportsWildcards()]
        [string[]] $Product,

        [Parameter(ParameterSetName = 'SearchByName')]
        [Alias('UpdateClassification')]
        [SupportsWildcards()]
        [string[]] $Classification,

        [Parameter(ParameterSetName = 'SearchByName')]
        [datetime] $DatePostedMax,

        [Parameter(ParameterSetName = 'SearchByName')]
        [datetime] $DatePostedMin,

        [Parameter(ParameterSetName = 'SearchByName')]
        [datetime] $DateRevisedMax,

        [Parameter(ParameterSetName = 'SearchByName')]
        [datetime] $DateRevisedMin,

        [Parameter(ParameterSetName = 'SearchByName')]
        [Alias('EulaExists')]
        [bool] $EulaExist,

        [Parameter(ParameterSetName = 'SearchByName')]
        [Alias('IncludeUpgrades')]
        [switch] $IncludeUpgrade,

        [Parameter(ParameterSetName = 'SearchByName')]
        [bool] $IsContentProvisioned,

        [Parameter(ParameterSetName = 'SearchByName')]
        [bool] $IsDeployed,

        [Parameter(ParameterSetName = 'SearchByName')]
        [bool] $IsExpired,

        [Parameter(ParameterSetName = 'SearchByName')]
        [bool] $IsLatest,

        [Parameter(ParameterSetName = 'SearchByName')]
        [bool] $IsOfflineServiceable,

        [Parameter(ParameterSetName = 'SearchByName')]
        [bool] $IsSuperseded,

        [Parameter(ParameterSetName = 'SearchByName')]
        [bool] $IsUserDefined,

        [Parameter(ParameterSetName = 'SearchByName')]
        [Alias('LocalizedDisplayName')]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'SearchByName')]
        [switch] $OnlyExpired,

        [Parameter(ParameterSetName = 'SearchByName')]
        [ValidateSet('None', 'Low', 'Moderate', 'Important', 'Critical')]
        [string] $Severity,

        [Parameter(ParameterSetName = 'SearchByName')]
        [string] $Vendor,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    begin {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if (-not $Fast) { Write-CMSyncFastWarning -Caller $PSCmdlet }
        $categories = @()
        $ids = [System.Collections.Generic.List[uint32]]::new()
        foreach ($number in $Id) { $ids.Add($number) }
        $groups = $false
        $filtered = $MyInvocation.ExpectingInput -or $PSBoundParameters.ContainsKey('Category')
    }

    process {
        # Whether the pipeline binds to -Category or to -UpdateGroup, the object says what it is: both are psobject.
        foreach ($item in @($Category) + @($UpdateGroup)) {
            if ($null -eq $item) { continue }
            if ($item.PSObject.TypeNames -match 'SMS_AuthorizationList') { $groups = $true; continue }
            if (-not $item.CategoryInstance_UniqueID -and $item.CI_ID) { $ids.Add([uint32] $item.CI_ID); continue }
            if (-not $item.CategoryInstance_UniqueID) {
                $data = @{ reason = '-Category takes categories and updates, -UpdateGroup takes groups' }
                Write-CMSyncError -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $item -Caller $PSCmdlet
                continue
            }
            $categories += [string] $item.CategoryInstance_UniqueID
        }
    }

    end {
        if ($groups -or $UpdateGroupId -or $UpdateGroupName) {
            $PSCmdlet.WriteWarning('A site here has no update groups, so no software update is in one.')
            return
        }
        if ($filtered -and $categories.Count -eq 0 -and $ids.Count -eq 0) { return }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name @(
            'ArticleId', 'BulletinId', 'CategoryName', 'Classification', 'DatePostedMax', 'DatePostedMin',
            'DateRevisedMax', 'DateRevisedMin', 'EulaExist', 'IncludeUpgrade',
            'IsContentProvisioned', 'IsDeployed', 'IsExpired', 'IsLatest', 'IsOfflineServiceable',
            'IsSuperseded', 'IsUserDefined', 'Name', 'OnlyExpired', 'Product', 'Severity', 'Vendor'
        )
        $isById = $params.Count -eq 0
        $params += @{ lazy = -not $Fast; wildcard = $wildcard }
        if ($Fast) { $params['columns'] = $true }
        if ($filtered -and $categories.Count -gt 0) { $params['categoryUniqueId'] = [string[]] $categories }
        $common = @{ SiteCode = $SiteCode; Caller = $PSCmdlet }
        if ($ids.Count -eq 0) { return Read-CMSyncUpdate -Params $params @common }
        for ($at = 0; $at -lt $ids.Count; $at += 1000) {
            $some = [uint32[]] @($ids.GetRange($at, [System.Math]::Min(1000, $ids.Count - $at)) | Select-Object -Unique)
            $found = [System.Collections.Generic.HashSet[uint32]]::new()
            $asked = if ($some.Count -eq 1) { @{ id = $some[0] } } else { @{ ids = $some } }
            Read-CMSyncUpdate -Params ($params + $asked) @common | ForEach-Object { [void] $found.Add($_.CI_ID); $_ }
            $missing = @(foreach ($number in $some) { if (-not $found.Contains($number)) { $number } })
            if ($isById -and $missing) { $PSCmdlet.WriteWarning("Not in the site database, or no longer: $($missing -join ', ').") }
        }
    }
}
