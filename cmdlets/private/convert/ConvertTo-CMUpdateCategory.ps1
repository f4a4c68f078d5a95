function ConvertTo-CMUpdateCategory {
    # Categories of the contract as SMS_UpdateCategoryInstance.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_UpdateCategoryInstance', 'ConfigMgrSync.UpdateCategory')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName                    = 'ConfigMgrSync.UpdateCategory'
            CategoryInstanceID            = [uint32] $item.CategoryInstanceID
            CategoryInstance_UniqueID     = $item.CategoryInstance_UniqueID
            CategoryTypeName              = $item.CategoryTypeName
            LocalizedCategoryInstanceName = $item.LocalizedCategoryInstanceName
            LocalizedInformation          = [object[]] $item.LocalizedInformation
            LocalizedPropertyLocaleID     = [uint32] $item.LocalizedPropertyLocaleID
            ParentCategoryInstanceID      = [uint32] $item.ParentCategoryInstanceID
            SourceSite                    = $item.SourceSite
            AllowSubscription             = [bool] $item.AllowSubscription
            IsSubscribed                  = [bool] $item.IsSubscribed
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_UpdateCategoryInstance')
        $result
    }
}
