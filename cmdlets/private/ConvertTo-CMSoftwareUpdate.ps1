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
            CategoryInstance_UniqueIDs         = if ($null -ne ($v = $item.CategoryInstance_UniqueIDs)) { , [string[]] $v } else { , $none }
            CI_ID                              = [uint32] $item.CI_ID
            CI_UniqueID                        = $item.CI_UniqueID
            CIType_ID                          = [uint32] $item.CIType_ID
            CIVersion                          = [uint32] $item.CIVersion
            ConfigurationFlags                 = [uint64] $item.ConfigurationFlags
            CreatedBy                          = $item.CreatedBy
            LastModifiedBy                     = $item.LastModifiedBy
            CustomSeverity                     = [uint32] $item.CustomSeverity
            CustomSeverityName                 = $item.CustomSeverityName
            DateCreated                        = if ($null -ne ($v = $item.DateCreated)) { ([datetime] $v).ToLocalTime() } else { $null }
            DateLastModified                   = if ($null -ne ($v = $item.DateLastModified)) { ([datetime] $v).ToLocalTime() } else { $null }
            DatePosted                         = if ($null -ne ($v = $item.DatePosted)) { ([datetime] $v).ToLocalTime() } else { $null }
            DateRevised                        = if ($null -ne ($v = $item.DateRevised)) { ([datetime] $v).ToLocalTime() } else { $null }
            EffectiveDate                      = if ($null -ne ($v = $item.EffectiveDate)) { ([datetime] $v).ToLocalTime() } else { $null }
            EULAAccepted                       = [uint32] $item.EULAAccepted
            EULAExists                         = [bool] $item.EULAExists
            EULASignoffDate                    = if ($null -ne ($v = $item.EULASignoffDate)) { ([datetime] $v).ToLocalTime() } else { $null }
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
            LastStatusTime                     = if ($null -ne ($v = $item.LastStatusTime)) { ([datetime] $v).ToLocalTime() } else { $null }
            LocalizedCategoryInstanceNames     = if ($null -ne ($v = $item.LocalizedCategoryInstanceNames)) { , [string[]] $v } else { , $none }
            LocalizedDescription               = $item.LocalizedDescription
            LocalizedDisplayName               = $item.LocalizedDisplayName
            LocalizedInformativeURL            = $item.LocalizedInformativeURL
            LocalizedEulas                     = if ($null -ne ($v = $item.LocalizedEulas)) { , [object[]] $v } else { $null }
            LocalizedInformation               = if ($null -ne ($v = $item.LocalizedInformation)) { , [object[]] $v } else { $null }
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
            PlatformCategoryInstance_UniqueIDs = if ($null -ne ($v = $item.PlatformCategoryInstance_UniqueIDs)) { , [string[]] $v } else { , $none }
            PlatformType                       = [uint32] $item.PlatformType
            RequiresExclusiveHandling          = [bool] $item.RequiresExclusiveHandling
            RevisionNumber                     = [uint32] $item.RevisionNumber
            SDMPackageLocalizedData            = if ($null -ne ($v = $item.SDMPackageLocalizedData)) { , [object[]] $v } else { $null }
            SDMPackageXML                      = $item.SDMPackageXML
            SDMPackageVersion                  = [uint32] $item.SDMPackageVersion
            SecuredScopeNames                  = if ($null -ne ($v = $item.SecuredScopeNames)) { , [string[]] $v } else { , $none }
            SedoObjectVersion                  = $item.SedoObjectVersion
            Severity                           = [uint32] $item.Severity
            SeverityName                       = $item.SeverityName
            Size                               = [long] $item.Size
            SourceSite                         = $item.SourceSite
            UpdateLocales                      = if ($null -ne ($v = $item.UpdateLocales)) { , [string[]] $v } else { , $none }
            SupersededUpdates                  = if ($null -ne ($v = $item.SupersededUpdates)) { , [string[]] $v } else { , $none }
            SupersedingUpdates                 = if ($null -ne ($v = $item.SupersedingUpdates)) { , [string[]] $v } else { , $none }
            BundledUpdates                     = if ($null -ne ($v = $item.BundledUpdates)) { , [string[]] $v } else { , $none }
            FileNames                          = if ($null -ne ($v = $item.FileNames)) { , [string[]] $v } else { $null }
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SoftwareUpdate')
        $result
    }
}
