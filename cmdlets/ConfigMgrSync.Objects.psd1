# The kinds of objects that the commands give, each of the type ConfigMgrSync.KIND. Class is the class of the product whose
# objects they stand for; CMSync_ is before those that only we have. Properties are in the order of the contract (schemas/), with
# a type where what JSON gives is not it: a number, datetime (local time), a list, or a kind of this file. ? keeps null.
@{
    Alert = @{
        Class      = 'SMS_Alert'
        Properties = @(
            'ID:uint32', 'Name', 'AlertState:uint32', 'Severity:uint32', 'RuleState:uint32', 'Enabled:bool',
            'SkipUntil:datetime', 'Comments', 'OccurrenceCount:uint32', 'ParameterValues', 'TypeID:uint32',
            'TypeInstanceID', 'SourceSiteCode', 'FeatureGroup:uint32', 'FeatureArea:uint32', 'DateCreated:datetime',
            'DateFirstActivated:datetime', 'DateLastModified:datetime', 'DateAlertStateModified:datetime',
            'ClosedBy', 'NumberOfSubscription:uint32', 'MonitoredByScom:bool', 'RootCauseMessage', 'AlertStateName',
            'SeverityName', 'Condition', 'Limit', 'LimitUnit', 'NextStep'
        )
    }
    AlertSubscription = @{
        Class      = 'SMS_Subscription'
        Properties = @(
            'ID:uint32', 'Name', 'EmailAddresses:string[]', 'AlertIDs:uint32[]', 'LocaleID:uint32', 'WebhookUri', 'WebhookFormat',
            'IsWebhookSigned:bool', 'QuietHours', 'DateCreated:datetime', 'DateLastModified:datetime', 'Waiting:uint32',
            'LastError'
        )
    }
    ComponentStatus = @{
        Class      = 'SMS_ComponentSummarizer'
        Properties = @(
            'ComponentName', 'MachineName', 'SiteCode', 'Errors:uint32', 'Warnings:uint32', 'Infos:uint32', 'LastContacted:datetime',
            'LastCleared:datetime'
        )
    }
    ContentFileInfo = @{
        Class      = 'SMS_CIContentFiles'
        Properties = @(
            'CI_UniqueID', 'ContentID:uint32', 'FileName', 'FileHash', 'FileSize:long', 'FileVersion', 'ImportPath',
            'IsSigned:bool', 'LanguageID:uint32', 'SourceURL', 'ModelName', 'ObjectTypeID:uint32', 'CI_ID:uint32',
            'ContentUniqueID', 'ContentVersion:uint32', 'ContentLocales:string[]', 'FileHashSHA256',
            'DateModified:datetime', 'PatchingType'
        )
    }
    DeliveryTest = @{
        Class      = 'CMSync_DeliveryTest'
        Properties = @(
            'SubscriptionName', 'Channel', 'Receiver', 'Succeeded:bool', 'Answer'
        )
    }
    EmbeddedProperty = @{
        Class      = 'SMS_EmbeddedProperty'
        Properties = @(
            'PropertyName', 'Value:uint32', 'Value1', 'Value2'
        )
    }
    EmbeddedPropertyList = @{
        Class      = 'SMS_EmbeddedPropertyList'
        Properties = @(
            'PropertyListName', 'Values:string[]'
        )
    }
    FailedUpdate = @{
        Class      = 'CMSync_FailedUpdate'
        Properties = @(
            'UpdateID', 'RevisionNumber:uint32', 'ErrorId', 'Reason'
        )
    }
    Health = @{
        Class      = 'CMSync_Health'
        Properties = @(
            'SiteCode', 'Status', 'ExitCode:uint32', 'Summary', 'Time:datetime', 'SoftwareUpdatePoints:HealthRow[]',
            'Actions:string[]'
        )
    }
    HealthRow = @{
        Class      = 'CMSync_HealthRow'
        Properties = @(
            'SiteCode', 'WSUSServerName', 'InStep:bool', 'VersionsBehind:uint32', 'Since:datetime', 'Link',
            'LastSyncState:uint32', 'LastSuccessfulSyncTime:datetime', 'LastSuccessfulSyncAgeSeconds', 'LastError',
            'NextSyncTime:datetime', 'IsKept'
        )
    }
    Maintenance = @{
        Class      = 'CMSync_Maintenance'
        Properties = @(
            'WhatIf:bool', 'Interrupted:bool', 'StartTime:datetime', 'DurationSeconds:double', 'Removed:uint32',
            'Declined:uint32', 'DeletedUpdates:uint32', 'DeletedRevisions:uint32', 'RemainingRevisions:uint32',
            'CompactedSegments:uint32', 'FreedBytes:long', 'Items:MaintenanceItem[]'
        )
    }
    MaintenanceItem = @{
        Class      = 'CMSync_MaintenanceItem'
        Properties = @(
            'Action', 'CI_ID:uint32?', 'CI_UniqueID', 'RevisionNumber:uint32', 'LocalizedDisplayName', 'Reason'
        )
    }
    MaintenanceTask = @{
        Class      = 'SMS_SCI_SQLTask'
        Properties = @(
            'ItemName', 'ItemType', 'SiteCode', 'Enabled:bool', 'DeleteOlderThan:uint32', 'MaintenanceTask', 'LastRunTime:datetime'
        )
    }
    Notification = @{
        Class      = 'CMSync_Notification'
        Properties = @(
            'SmtpServer', 'SmtpPort:uint32', 'SmtpSecurity', 'Sender', 'UserName', 'HasPassword:bool', 'DigestMinutes:uint32',
            'InheritedFrom', 'Waiting:uint32', 'Failed:uint32', 'LastError'
        )
    }
    Package = @{
        Class      = 'CMSync_Package'
        Properties = @(
            'Path', 'Format', 'Size:long', 'ServerID', 'ServerName', 'SiteCode', 'CreationTime:datetime',
            'ProtocolVersion', 'Documents:uint32', 'Configuration:uint32', 'Updates:uint32', 'Files:uint32',
            'Languages:string[]', 'IsIncrement:bool', 'Follows:long', 'Reaches:long', 'LastRun:int', 'Signature',
            'SignerFingerprint', 'Sha256', 'ContentList', 'Differences:string[]', 'Problems:FailedUpdate[]',
            'Warnings:string[]'
        )
    }
    Run = @{
        Class      = 'CMSync_Run'
        Properties = @(
            'Id:int', 'SiteCode', 'Requester', 'RequestedBy', 'Kind', 'Reason', 'State', 'Succeeded:bool', 'Phase',
            'StartTime:datetime', 'EndTime:datetime', 'DurationSeconds:double', 'Processed:uint32', 'Total:uint32',
            'PercentComplete:int', 'Counts:RunCounts', 'Size:RunSize', 'SyncCatalogVersion:uint32', 'ErrorId',
            'ErrorMessage', 'NextStep', 'FailedUpdates:FailedUpdate[]', 'Warnings:string[]'
        )
    }
    RunCounts = @{
        Class      = 'CMSync_RunCounts'
        Properties = @(
            'New:uint32', 'Revised:uint32', 'Expired:uint32', 'Superseded:uint32', 'Removed:uint32',
            'Skipped:uint32', 'Failed:uint32', 'Categories:uint32', 'DocumentsFetched:uint32'
        )
    }
    RunSize = @{
        Class      = 'CMSync_RunSize'
        Properties = @(
            'Updates:uint32', 'Documents:uint32', 'DocumentBytes:long', 'DatabaseBytes:long'
        )
    }
    SUPSyncStatus = @{
        Class      = 'SMS_SUPSyncStatus'
        Properties = @(
            'SiteCode', 'WSUSServerName', 'WSUSSourceServer', 'SyncCatalogVersion:uint32', 'LastSyncState:uint32',
            'LastSyncStateTime:datetime', 'LastSyncErrorCode:uint32', 'LastSuccessfulSyncTime:datetime',
            'ReplicationLinkStatus:uint32', 'ReplicationLinkStatusName', 'LastReplicationLinkCheckTime:datetime',
            'LastSyncStateName', 'LastSyncErrorId', 'LastSyncErrorMessage', 'HeartbeatTime:datetime',
            'HeartbeatAgeSeconds', 'MeanDurationSeconds', 'DurationDeviationSeconds'
        )
    }
    Service = @{
        Class      = 'CMSync_Service'
        Properties = @(
            'SiteCode', 'Name', 'Kind', 'Account', 'State', 'HeartbeatTime:datetime', 'InstallDir', 'Registration',
            'Commands:string[]'
        )
    }
    Site = @{
        Class      = 'SMS_Site'
        Properties = @(
            'SiteCode', 'SiteName', 'Type:uint32', 'TypeName', 'ServerName', 'ReportingSiteCode', 'InstallDir',
            'Version', 'BuildNumber:uint32', 'Status:uint32', 'Mode:uint32', 'RequestedStatus:uint32', 'TimeZoneInfo',
            'ConfigMgrSyncVersion', 'Database'
        )
    }
    SiteBackup = @{
        Properties = @(
            'Path', 'SiteCode', 'SiteName', 'ServerName', 'Version', 'Format:int', 'CreationTime:datetime',
            'Files:uint32', 'Size:long', 'Documents:uint32', 'Updates:uint32', 'HasSecrets:bool',
            'Warnings:string[]'
        )
    }
    SiteComponent = @{
        Class      = 'SMS_SCI_Component'
        Properties = @(
            'ComponentName', 'FileType:uint32', 'Flag:uint32', 'ItemName', 'ItemType', 'Name', 'SiteCode',
            'Props:EmbeddedProperty[]', 'PropLists:EmbeddedPropertyList[]', 'SynchronizeAction',
            'UpstreamSourceLocation', 'Products:string[]', 'ProductsWithFamily:string[]', 'ProductFamilies:string[]',
            'Companies:string[]',
            'UpdateClassifications:string[]', 'PendingCategories:string[]', 'MissingCategories:string[]',
            'LanguageSummaryDetails:string[]', 'LanguageUpdateFiles:string[]', 'ImmediatelyExpireSupersedence:bool',
            'WaitMonth:int', 'ImmediatelyExpireSupersedenceForFeature:bool', 'WaitMonthForFeature:int',
            'EnableCallWsusCleanupWizard:bool', 'EnableDeleteObsoleteUpdates:bool', 'EnableSyncFailureAlert:bool',
            'EnableThirdPartyUpdates:bool', 'EnableManualCertManagement:bool', 'ObsoleteAgeDays:int',
            'UpdatesCleanupAgeDays:int', 'FullSyncIntervalDays:int', 'ScheduleSpreadMinutes:int',
            'MassExpiryLimitPercent:int', 'FeatureUpdateMaxRuntimeMins:int', 'NonFeatureUpdateMaxRuntimeMins:int',
            'NonWindowsUpdateMaxRuntimeMins:int', 'AfterSyncCommand', 'AfterSyncArguments:string[]', 'ProxyServer',
            'NoProxy:string[]', 'TrustedPackageSigners:string[]', 'SourceCABundle:string[]',
            'ScheduleDescription', 'NextSyncTime:datetime', 'NextSyncReason'
        )
    }
    SiteMove = @{
        Properties = @(
            'SiteCode', 'SiteName', 'InstallDir', 'OldDatabase', 'Database', 'Documents', 'Rows', 'Digest',
            'OldDatabaseSize', 'Resumed:bool', 'WhatIf:bool', 'Warnings:string[]'
        )
    }
    SiteRestore = @{
        Properties = @(
            'Path', 'SiteCode', 'SiteName', 'InstallDir', 'CreationTime:datetime', 'Files:uint32', 'Size:long',
            'Documents:uint32', 'Updates:uint32', 'Replaced:bool', 'HasSecrets:bool', 'WhatIf:bool',
            'Warnings:string[]'
        )
    }
    SiteSystemServer = @{
        Class      = 'SMS_SCI_SysResUse'
        Properties = @(
            'FileType:uint32', 'ItemName', 'ItemType', 'NALPath', 'NALType', 'NetworkOSPath',
            'PropLists:EmbeddedPropertyList[]', 'Props:EmbeddedProperty[]', 'RoleCount:uint32', 'RoleName',
            'SiteCode', 'SslState:uint32', 'Type:uint32', 'ServerName'
        )
    }
    SoftwareUpdatePoint = @{
        Class      = 'SMS_SCI_SysResUse'
        Properties = @(
            'FileType:uint32', 'ItemName', 'ItemType', 'NALPath', 'NALType', 'NetworkOSPath',
            'PropLists:EmbeddedPropertyList[]', 'Props:EmbeddedProperty[]', 'RoleCount:uint32', 'RoleName',
            'SiteCode', 'SslState:uint32', 'Type:uint32', 'ServerName', 'IsDefault:bool', 'ClientConnectionType',
            'AnonymousWsusAccess:bool', 'PublicVirtualIP', 'NlbVirtualIP', 'Wledbat:bool'
        )
    }
    SourceTestStage = @{
        Class      = 'CMSync_SourceTestStage'
        Properties = @(
            'Stage', 'Target', 'Status', 'DurationSeconds:double', 'Detail', 'ErrorId', 'ErrorMessage', 'NextStep',
            'CertificateSubject', 'CertificateIssuer', 'CertificateNames:string[]', 'CertificateNotBefore:datetime',
            'CertificateNotAfter:datetime', 'CertificateThumbprint'
        )
    }
    StatusFilterRule = @{
        Class      = 'SMS_SCI_SCPropertyList'
        Properties = @(
            'PropertyListName', 'Values:string[]', 'SiteCode', 'Name', 'Priority:uint32', 'Enabled:bool', 'MessageId', 'ComponentName',
            'SeverityType', 'ReportToEventLog:bool', 'RunProgram:bool', 'ProgramPath'
        )
    }
    StatusMessage = @{
        Class      = 'SMS_StatusMessage'
        Properties = @(
            'RecordID:long', 'Component', 'MachineName', 'MessageID:uint32', 'MessageType:uint32', 'ModuleName',
            'Severity:uint32', 'SiteCode', 'TopLevelSiteCode', 'Time:datetime', 'ProcessID:uint32',
            'ThreadID:uint32', 'Win32Error:uint32', 'PerClient:uint32', 'ReportFunction:uint32',
            'Transaction:uint32', 'SuccessfulTransaction:uint32', 'SeverityName', 'MessageText',
            'InsertionStrings:string[]'
        )
    }
    StatusToken = @{
        Class      = 'CMSync_StatusToken'
        Properties = @(
            'Name', 'SiteCode', 'CreationTime:datetime', 'ExpirationTime:datetime', 'IsExpired:bool'
        )
    }
    StoreFinding = @{
        Class      = 'CMSync_StoreFinding'
        Properties = @(
            'Kind', 'Severity', 'Path', 'Position', 'RevisionId', 'UpdateID', 'RevisionNumber', 'Reason', 'Repair'
        )
    }
    SummarizationSchedule = @{
        Class      = 'SoftwareUpdateSummarizationSchedule'
        Properties = @(
            'Interval:int', 'Unit', 'LastRunTime:datetime', 'NextRunTime:datetime', 'Updates:uint32',
            'Current:uint32', 'Superseded:uint32', 'Expired:uint32'
        )
    }
    SyncServer = @{
        Class      = 'CMSync_Server'
        Properties = @(
            'ServerName', 'SiteCode', 'Role', 'State', 'ConfigMgrSyncVersion', 'ProcessId:uint32', 'StartTime:datetime',
            'HeartbeatTime:datetime', 'HeartbeatAgeSeconds', 'IsThisServer:bool'
        )
    }
    UpdateCategory = @{
        Class      = 'SMS_UpdateCategoryInstance'
        Properties = @(
            'CategoryInstanceID:uint32', 'CategoryInstance_UniqueID', 'CategoryTypeName',
            'LocalizedCategoryInstanceName', 'LocalizedInformation:object[]', 'LocalizedPropertyLocaleID:uint32',
            'ParentCategoryInstanceID:uint32', 'ParentCategoryInstanceName', 'HasNamesake:bool',
            'SourceSite', 'AllowSubscription:bool', 'IsSubscribed:bool'
        )
    }
    UpdateChange = @{
        Class      = 'CMSync_Change'
        Properties = @(
            'RunId:int', 'Changes:string[]', 'CI_ID:uint32', 'CI_UniqueID', 'RevisionNumber:uint32', 'ArticleID',
            'LocalizedDisplayName', 'SeverityName', 'Product', 'Classification', 'DatePosted:datetime',
            'LocalizedInformativeURL'
        )
    }
}
