function ConvertTo-CMContentFile {
    # Files of software updates as SMS_CIContentFiles.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_CIContentFiles', 'ConfigMgrSync.ContentFileInfo')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName      = 'ConfigMgrSync.ContentFileInfo'
            CI_UniqueID     = $item.CI_UniqueID
            ContentID       = [uint32] $item.ContentID
            FileName        = $item.FileName
            FileHash        = $item.FileHash
            FileSize        = [long] $item.FileSize
            FileVersion     = $item.FileVersion
            ImportPath      = $item.ImportPath
            IsSigned        = [bool] $item.IsSigned
            LanguageID      = [uint32] $item.LanguageID
            SourceURL       = $item.SourceURL
            ModelName       = $item.ModelName
            ObjectTypeID    = [uint32] $item.ObjectTypeID
            CI_ID           = [uint32] $item.CI_ID
            ContentUniqueID = $item.ContentUniqueID
            ContentVersion  = [uint32] $item.ContentVersion
            ContentLocales  = [string[]] @(foreach ($value in $item.ContentLocales) { $value })
            FileHashSHA256  = $item.FileHashSHA256
            DateModified    = ConvertFrom-CMSyncTime -InputObject $item.DateModified
            PatchingType    = $item.PatchingType
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_CIContentFiles')
        $result
    }
}
