function ConvertTo-CMSUPSyncStatus {
    # Rows of the status as SMS_SUPSyncStatus.
    [CmdletBinding()]
    [OutputType('IResultObject#SMS_SUPSyncStatus', 'ConfigMgrSync.SUPSyncStatus')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName                   = 'ConfigMgrSync.SUPSyncStatus'
            SiteCode                     = $item.SiteCode
            WSUSServerName               = $item.WSUSServerName
            WSUSSourceServer             = $item.WSUSSourceServer
            SyncCatalogVersion           = [uint32] $item.SyncCatalogVersion
            LastSyncState                = [uint32] $item.LastSyncState
            LastSyncStateTime            = ConvertFrom-CMSyncTime -InputObject $item.LastSyncStateTime
            LastSyncErrorCode            = [uint32] $item.LastSyncErrorCode
            LastSuccessfulSyncTime       = ConvertFrom-CMSyncTime -InputObject $item.LastSuccessfulSyncTime
            ReplicationLinkStatus        = [uint32] $item.ReplicationLinkStatus
            ReplicationLinkStatusName    = $item.ReplicationLinkStatusName
            LastReplicationLinkCheckTime = ConvertFrom-CMSyncTime -InputObject $item.LastReplicationLinkCheckTime
            LastSyncStateName            = $item.LastSyncStateName
            LastSyncErrorId              = $item.LastSyncErrorId
            LastSyncErrorMessage         = $item.LastSyncErrorMessage
            HeartbeatTime                = ConvertFrom-CMSyncTime -InputObject $item.HeartbeatTime
            HeartbeatAgeSeconds          = $item.HeartbeatAgeSeconds
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#SMS_SUPSyncStatus')
        $result
    }
}
