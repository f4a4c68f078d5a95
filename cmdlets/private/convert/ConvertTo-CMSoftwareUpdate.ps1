function ConvertTo-CMSoftwareUpdate {
    # Thousands go through here, so the object that ConvertFrom-Json made is changed in place: ten times as fast as a new one.
    # One whose properties are not the contract's in its order is made again. Lazy properties that were not fetched are null.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SoftwareUpdate', 'ConfigMgrSync.SoftwareUpdate')]
    param(
        [object[]] $InputObject
    )

    if ($null -eq $InputObject -or $InputObject.Count -eq 0) { return }
    $names = @(
        'ApplicabilityCondition', 'ArticleID', 'BulletinID', 'CategoryInstance_UniqueIDs', 'CI_ID',
        'CI_UniqueID', 'CIType_ID', 'CIVersion', 'ConfigurationFlags', 'CreatedBy',
        'LastModifiedBy', 'CustomSeverity', 'CustomSeverityName', 'DateCreated', 'DateLastModified',
        'DatePosted', 'DateRevised', 'EffectiveDate', 'EULAAccepted', 'EULAExists',
        'EULASignoffDate', 'EULASignoffUser', 'ExecutionContext', 'IsBundle',
        'IsContentProvisioned', 'IsDeployable', 'IsDeployed', 'IsDigest', 'IsEnabled', 'IsHidden',
        'IsUserDefined', 'IsExpired', 'IsLatest', 'IsMetadataOnlyUpdate', 'IsOfflineServiceable',
        'IsQuarantined', 'IsSuperseded', 'LastStatusTime', 'LocalizedCategoryInstanceNames',
        'LocalizedDescription', 'LocalizedDisplayName', 'LocalizedInformativeURL', 'LocalizedEulas',
        'LocalizedInformation', 'LocalizedPropertyLocaleID', 'MaxExecutionTime', 'ModelID',
        'ModelName', 'NumMissing', 'NumNotApplicable', 'NumPresent', 'NumTotal', 'NumUnknown',
        'PercentCompliant', 'PermittedUses', 'PlatformCategoryInstance_UniqueIDs', 'PlatformType',
        'RequiresExclusiveHandling', 'RevisionNumber', 'SDMPackageLocalizedData', 'SDMPackageXML',
        'SDMPackageVersion', 'SecuredScopeNames', 'SedoObjectVersion', 'Severity', 'SeverityName',
        'Size', 'SourceSite', 'UpdateLocales', 'SupersededUpdates', 'SupersedingUpdates',
        'BundledUpdates', 'FileNames', 'Product', 'Classification'
    )
    $first = @(foreach ($property in $InputObject[0].PSObject.Properties) { $property.Name })
    $missing = @(foreach ($name in $names) { if ($name -notin $first) { $name } })
    $expected = @(foreach ($name in $names) { if ($name -notin $missing) { $name } })
    $lazy = 'IsDigest', 'LocalizedEulas', 'LocalizedInformation', 'SDMPackageLocalizedData', 'SDMPackageXML', 'FileNames'
    $asFetched = ($first -join ',') -eq ($expected -join ',') -and -not @($missing | Where-Object { $_ -notin $lazy })
    foreach ($item in $InputObject) {
        if (-not $asFetched) {
            $ordered = [ordered]@{}
            foreach ($name in $names) { $ordered[$name] = $item.$name }
            $item = [pscustomobject] $ordered
        } else {
            foreach ($name in $missing) { $item.PSObject.Properties.Add([System.Management.Automation.PSNoteProperty]::new($name, $null)) }
        }
        $item.CategoryInstance_UniqueIDs = ConvertTo-CMSyncTextList -InputObject $item.CategoryInstance_UniqueIDs
        $item.CI_ID = [uint32] $item.CI_ID
        $item.CIType_ID = [uint32] $item.CIType_ID
        $item.CIVersion = [uint32] $item.CIVersion
        $item.ConfigurationFlags = [uint64] $item.ConfigurationFlags
        $item.CustomSeverity = [uint32] $item.CustomSeverity
        if ($null -ne ($v = $item.DateCreated)) { $item.DateCreated = ([datetime] $v).ToLocalTime() }
        if ($null -ne ($v = $item.DateLastModified)) { $item.DateLastModified = ([datetime] $v).ToLocalTime() }
        if ($null -ne ($v = $item.DatePosted)) { $item.DatePosted = ([datetime] $v).ToLocalTime() }
        if ($null -ne ($v = $item.DateRevised)) { $item.DateRevised = ([datetime] $v).ToLocalTime() }
        if ($null -ne ($v = $item.EffectiveDate)) { $item.EffectiveDate = ([datetime] $v).ToLocalTime() }
        $item.EULAAccepted = [uint32] $item.EULAAccepted
        if ($null -ne ($v = $item.EULASignoffDate)) { $item.EULASignoffDate = ([datetime] $v).ToLocalTime() }
        $item.ExecutionContext = [uint32] $item.ExecutionContext
        if ($null -ne ($v = $item.LastStatusTime)) { $item.LastStatusTime = ([datetime] $v).ToLocalTime() }
        $item.LocalizedCategoryInstanceNames = ConvertTo-CMSyncTextList -InputObject $item.LocalizedCategoryInstanceNames
        $item.LocalizedPropertyLocaleID = [uint32] $item.LocalizedPropertyLocaleID
        $item.MaxExecutionTime = [uint32] $item.MaxExecutionTime
        $item.ModelID = [uint32] $item.ModelID
        $item.NumMissing = [uint32] $item.NumMissing
        $item.NumNotApplicable = [uint32] $item.NumNotApplicable
        $item.NumPresent = [uint32] $item.NumPresent
        $item.NumTotal = [uint32] $item.NumTotal
        $item.NumUnknown = [uint32] $item.NumUnknown
        $item.PercentCompliant = [uint32] $item.PercentCompliant
        $item.PermittedUses = [uint32] $item.PermittedUses
        $item.PlatformCategoryInstance_UniqueIDs = ConvertTo-CMSyncTextList -InputObject $item.PlatformCategoryInstance_UniqueIDs
        $item.PlatformType = [uint32] $item.PlatformType
        $item.RevisionNumber = [uint32] $item.RevisionNumber
        $item.SDMPackageVersion = [uint32] $item.SDMPackageVersion
        $item.SecuredScopeNames = ConvertTo-CMSyncTextList -InputObject $item.SecuredScopeNames
        $item.Severity = [uint32] $item.Severity
        $item.Size = [long] $item.Size
        $item.UpdateLocales = ConvertTo-CMSyncTextList -InputObject $item.UpdateLocales
        $item.SupersededUpdates = ConvertTo-CMSyncTextList -InputObject $item.SupersededUpdates
        $item.SupersedingUpdates = ConvertTo-CMSyncTextList -InputObject $item.SupersedingUpdates
        $item.BundledUpdates = ConvertTo-CMSyncTextList -InputObject $item.BundledUpdates
        if ($null -ne $item.FileNames) { $item.FileNames = ConvertTo-CMSyncTextList -InputObject $item.FileNames }
        $item.PSObject.TypeNames.Insert(0, 'ConfigMgrSync.SoftwareUpdate')
        $item.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SoftwareUpdate')
        $item
    }
}
