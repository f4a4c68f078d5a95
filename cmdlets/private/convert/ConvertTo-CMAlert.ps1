function ConvertTo-CMAlert {
    # Alerts of the contract as SMS_Alert.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_Alert', 'ConfigMgrSync.Alert')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName             = 'ConfigMgrSync.Alert'
            ID                     = [uint32] $item.ID
            Name                   = $item.Name
            AlertState             = [uint32] $item.AlertState
            Severity               = [uint32] $item.Severity
            RuleState              = [uint32] $item.RuleState
            Enabled                = [bool] $item.Enabled
            SkipUntil              = ConvertFrom-CMSyncTime -InputObject $item.SkipUntil
            Comments               = $item.Comments
            OccurrenceCount        = [uint32] $item.OccurrenceCount
            ParameterValues        = $item.ParameterValues
            TypeID                 = [uint32] $item.TypeID
            TypeInstanceID         = $item.TypeInstanceID
            SourceSiteCode         = $item.SourceSiteCode
            FeatureGroup           = [uint32] $item.FeatureGroup
            FeatureArea            = [uint32] $item.FeatureArea
            DateCreated            = ConvertFrom-CMSyncTime -InputObject $item.DateCreated
            DateFirstActivated     = ConvertFrom-CMSyncTime -InputObject $item.DateFirstActivated
            DateLastModified       = ConvertFrom-CMSyncTime -InputObject $item.DateLastModified
            DateAlertStateModified = ConvertFrom-CMSyncTime -InputObject $item.DateAlertStateModified
            ClosedBy               = $item.ClosedBy
            NumberOfSubscription   = [uint32] $item.NumberOfSubscription
            MonitoredByScom        = [bool] $item.MonitoredByScom
            RootCauseMessage       = $item.RootCauseMessage
            AlertStateName         = $item.AlertStateName
            SeverityName           = $item.SeverityName
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_Alert')
        $result
    }
}
