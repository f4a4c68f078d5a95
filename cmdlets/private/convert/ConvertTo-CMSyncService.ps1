function ConvertTo-CMSyncService {
    # The service of a site as the commands give it.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_Service', 'ConfigMgrSync.Service')]
    param(
        [psobject] $InputObject
    )

    $result = [pscustomobject]@{
        PSTypeName    = 'ConfigMgrSync.Service'
        SiteCode      = $InputObject.SiteCode
        Name          = $InputObject.Name
        Kind          = $InputObject.Kind
        Account       = $InputObject.Account
        State         = $InputObject.State
        HeartbeatTime = ConvertFrom-CMSyncTime -InputObject $InputObject.HeartbeatTime
        InstallDir    = $InputObject.InstallDir
        Registration  = $InputObject.Registration
        Commands      = [string[]] @($InputObject.Commands)
    }
    $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_Service')
    $result
}
