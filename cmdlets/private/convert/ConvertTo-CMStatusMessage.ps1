function ConvertTo-CMStatusMessage {
    # Status messages of the contract as SMS_StatusMessage.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_StatusMessage', 'ConfigMgrSync.StatusMessage')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName            = 'ConfigMgrSync.StatusMessage'
            RecordID              = [long] $item.RecordID
            Component             = $item.Component
            MachineName           = $item.MachineName
            MessageID             = [uint32] $item.MessageID
            MessageType           = [uint32] $item.MessageType
            ModuleName            = $item.ModuleName
            Severity              = [uint32] $item.Severity
            SiteCode              = $item.SiteCode
            TopLevelSiteCode      = $item.TopLevelSiteCode
            Time                  = ConvertFrom-CMSyncTime -InputObject $item.Time
            ProcessID             = [uint32] $item.ProcessID
            ThreadID              = [uint32] $item.ThreadID
            Win32Error            = [uint32] $item.Win32Error
            PerClient             = [uint32] $item.PerClient
            ReportFunction        = [uint32] $item.ReportFunction
            Transaction           = [uint32] $item.Transaction
            SuccessfulTransaction = [uint32] $item.SuccessfulTransaction
            SeverityName          = $item.SeverityName
            MessageText           = $item.MessageText
            InsertionStrings      = [string[]] @(foreach ($value in $item.InsertionStrings) { $value })
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_StatusMessage')
        $result
    }
}
