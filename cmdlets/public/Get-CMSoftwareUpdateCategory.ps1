function Get-CMSoftwareUpdateCategory {
    <#
    .SYNOPSIS
    Gets companies, product families, products and update classifications.

    .DESCRIPTION
    Returns the categories of the site as SMS_UpdateCategoryInstance. IsSubscribed says whether updates of that category are
    synchronized. ParentCategoryInstanceID links a product to its family and company. Without -Fast the lazy property
    LocalizedInformation is fetched and a warning says so; $CMPSSuppressFastNotUsedCheck = $true silences it.

    .PARAMETER Fast
    Leaves out the lazy properties.

    .PARAMETER Id
    The category with that CategoryInstanceID.

    .PARAMETER Name
    Categories of that name. * and ? stand for other characters.

    .PARAMETER TypeName
    Categories of that type: UpdateClassification, Company, ProductFamily, Product. * and ? stand for other characters.

    .PARAMETER UniqueId
    The category with that CategoryInstance_UniqueID, such as Product:GUID.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in names literally.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in names as wildcards. That is the default here. It cannot be combined with
    -DisableWildcardHandling.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateCategory -Fast | Group-Object CategoryTypeName

    How many categories of each type the site knows.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateCategory -Fast -TypeName Product -Name 'Windows 11*'

    The products whose names begin with Windows 11.

    .EXAMPLE
    PS> Get-CMSoftwareUpdateCategory -Fast | Where-Object { $_.IsSubscribed }

    What is subscribed.

    .OUTPUTS
    IResultObject#SMS_UpdateCategoryInstance

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatecategory

    .LINK
    about_ConfigMgrSync

    .LINK
    Set-CMSoftwareUpdatePointComponent
    #>
    [CmdletBinding(DefaultParameterSetName = 'ByName', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/get-cmsoftwareupdatecategory')]
    [OutputType('IResultObject#SMS_UpdateCategoryInstance')]
    param(
        [switch] $Fast,

        [Parameter(ParameterSetName = 'ById', Mandatory = $true)]
        [Alias('CategoryInstanceID')]
        [string] $Id,

        [Parameter(ParameterSetName = 'ByName')]
        [Alias('LocalizedCategoryInstanceName', 'CategoryName')]
        [SupportsWildcards()]
        [string] $Name,

        [Parameter(ParameterSetName = 'ByName')]
        [Alias('CategoryTypeName')]
        [SupportsWildcards()]
        [string] $TypeName,

        [Parameter(ParameterSetName = 'ByUniqueId', Mandatory = $true)]
        [Alias('CategoryInstance_UniqueID')]
        [string] $UniqueId,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    process {
        $wildcard = Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if (-not $Fast) { Write-CMSyncFastWarning -Caller $PSCmdlet }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'Name', 'TypeName', 'UniqueId'
        $params += @{ wildcard = $wildcard; lazy = -not $Fast }
        if ($PSCmdlet.ParameterSetName -eq 'ById') {
            $number = [uint32] 0
            if (-not [uint32]::TryParse($Id, [ref] $number)) {
                $record = New-CMSyncErrorRecord -ErrorId 'CategoryNotFound' -Data @{ id = $Id } -TargetObject $Id
                return Write-CMSyncError -Record $record -Caller $PSCmdlet
            }
            $params['id'] = $number
        }
        $answer = Invoke-CMSyncMethod -Method 'category/list' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $answer) { return }
        ConvertTo-CMSyncObject -Kind 'UpdateCategory' -InputObject $answer.categories
    }
}
