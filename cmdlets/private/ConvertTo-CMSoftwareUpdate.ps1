function ConvertTo-CMSoftwareUpdate {
    # Thousands go through here: no function call and no pipeline for a property. Lazy properties that were not fetched are null.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SoftwareUpdate', 'ConfigMgrSync.SoftwareUpdate')]
    param(
        [object[]] $InputObject
    )

    $none = [string[]]::new(0)
    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName                         = 'ConfigMgrSync.SoftwareUpdate'
            ApplicabilityCondition             = $item.ApplicabilityCondition
            ArticleID                          = $item.ArticleID
            BulletinID                         = $item.BulletinID
            CategoryInstance_UniqueIDs         = if ($null -ne $item.CategoryInstance_UniqueIDs) { , [string[]] $item.CategoryInstance_UniqueIDs } else { , $none }
            CI_ID                              = [uint32] $item.CI_ID
            CI_UniqueID                        = $item.CI_UniqueID
            CIType_ID                          = [uint32] $item.CIType_ID
            CIVersion                          = [uint32] $item.CIVersion
            ConfigurationFlags                 = [uint64] $item.ConfigurationFlags
            CreatedBy                          = $item.CreatedBy
            LastModifiedBy                     = $item.LastModifiedBy
            CustomSeverity                     = [uint32] $item.CustomSeverity
            CustomSeverityName                 = $item.CustomSeverityName
            DateCreated                        = if ($null -ne $item.DateCreated) { ([datetime] $item.DateCreated).ToLocalTime() } else { $null }
            DateLastModified                   = if ($null -ne $item.DateLastModified) { ([datetime] $item.DateLastModified).ToLocalTime() } else { $null }
            DatePosted                         = if ($null -ne $item.DatePosted) { ([datetime] $item.DatePosted).ToLocalTime() } else { $null }
            DateRevised                        = if ($null -ne $item.DateRevised) { ([datetime] $item.DateRevised).ToLocalTime() } else { $null }
            EffectiveDate                      = if ($null -ne $item.EffectiveDate) { ([datetime] $item.EffectiveDate).ToLocalTime() } else { $null }
            EULAAccepted                       = [uint32] $item.EULAAccepted
            EULAExists                         = [bool] $item.EULAExists
            EULASignoffDate                    = if ($null -ne $item.EULASignoffDate) { ([datetime] $item.EULASignoffDate).ToLocalTime() } else { $null }
            EULASignoffUser                    = $item.EULASignoffUser
            ExecutionContext                   = [uint32] $item.ExecutionContext
            IsBundle                           = [bool] $item.IsBundle
            IsContentProvisioned               = [bool] $item.IsContentProvisioned
            IsDeployable                       = [bool] $item.IsDeployable
            IsDeployed                         = [bool] $item.IsDeployed
            IsDigest                           = [bool] $item.IsDigest
            IsEnabled                          = [bool] $item.IsEnabled
            IsHidden                           = [bool] $item.IsHidden
            IsUserDefined                      = [bool] $item.IsUserDefined
            IsExpired                          = [bool] $item.IsExpired
            IsLatest                           = [bool] $item.IsLatest
            IsMetadataOnlyUpdate               = [bool] $item.IsMetadataOnlyUpdate
            IsOfflineServiceable               = [bool] $item.IsOfflineServiceable
            IsQuarantined                      = [bool] $item.IsQuarantined
            IsSuperseded                       = [bool] $item.IsSuperseded
            LastStatusTime                     = if ($null -ne $item.LastStatusTime) { ([datetime] $item.LastStatusTime).ToLocalTime() } else { $null }
            LocalizedCategoryInstanceNames     = if ($null -ne $item.LocalizedCategoryInstanceNames) { , [string[]] $item.LocalizedCategoryInstanceNames } else { , $none }
            LocalizedDescription               = $item.LocalizedDescription
            LocalizedDisplayName               = $item.LocalizedDisplayName
            LocalizedInformativeURL            = $item.LocalizedInformativeURL
            LocalizedEulas                     = if ($null -ne $item.LocalizedEulas) { , [object[]] $item.LocalizedEulas } else { $null }
            LocalizedInformation               = if ($null -ne $item.LocalizedInformation) { , [object[]] $item.LocalizedInformation } else { $null }
            LocalizedPropertyLocaleID          = [uint32] $item.LocalizedPropertyLocaleID
            MaxExecutionTime                   = [uint32] $item.MaxExecutionTime
            ModelID                            = [uint32] $item.ModelID
            ModelName                          = $item.ModelName
            NumMissing                         = [uint32] $item.NumMissing
            NumNotApplicable                   = [uint32] $item.NumNotApplicable
            NumPresent                         = [uint32] $item.NumPresent
            NumTotal                           = [uint32] $item.NumTotal
            NumUnknown                         = [uint32] $item.NumUnknown
            PercentCompliant                   = [uint32] $item.PercentCompliant
            PermittedUses                      = [uint32] $item.PermittedUses
            PlatformCategoryInstance_UniqueIDs = if ($null -ne $item.PlatformCategoryInstance_UniqueIDs) { , [string[]] $item.PlatformCategoryInstance_UniqueIDs } else { , $none }
            PlatformType                       = [uint32] $item.PlatformType
            RequiresExclusiveHandling          = [bool] $item.RequiresExclusiveHandling
            RevisionNumber                     = [uint32] $item.RevisionNumber
            SDMPackageLocalizedData            = if ($null -ne $item.SDMPackageLocalizedData) { , [object[]] $item.SDMPackageLocalizedData } else { $null }
            SDMPackageXML                      = $item.SDMPackageXML
            SDMPackageVersion                  = [uint32] $item.SDMPackageVersion
            SecuredScopeNames                  = if ($null -ne $item.SecuredScopeNames) { , [string[]] $item.SecuredScopeNames } else { , $none }
            SedoObjectVersion                  = $item.SedoObjectVersion
            Severity                           = [uint32] $item.Severity
            SeverityName                       = $item.SeverityName
            Size                               = [long] $item.Size
            SourceSite                         = $item.SourceSite
            UpdateLocales                      = if ($null -ne $item.UpdateLocales) { , [string[]] $item.UpdateLocales } else { , $none }
            SupersededUpdates                  = if ($null -ne $item.SupersededUpdates) { , [string[]] $item.SupersededUpdates } else { , $none }
            SupersedingUpdates                 = if ($null -ne $item.SupersedingUpdates) { , [string[]] $item.SupersedingUpdates } else { , $none }
            BundledUpdates                     = if ($null -ne $item.BundledUpdates) { , [string[]] $item.BundledUpdates } else { , $none }
            FileNames                          = if ($null -ne $item.FileNames) { , [string[]] $item.FileNames } else { $null }
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SoftwareUpdate')
        $result
    }
}
