function ConvertTo-CMSyncSourceTestStage {
    # Stages of a test of the synchronization source.
    [CmdletBinding()]
    [OutputType('IResultObject#CMSync_SourceTestStage', 'ConfigMgrSync.SourceTestStage')]
    param(
        [object[]] $InputObject
    )

    foreach ($item in $InputObject) {
        $result = [pscustomobject]@{
            PSTypeName            = 'ConfigMgrSync.SourceTestStage'
            Stage                 = $item.Stage
            Target                = $item.Target
            Status                = $item.Status
            DurationSeconds       = [double] $item.DurationSeconds
            Detail                = $item.Detail
            ErrorId               = $item.ErrorId
            ErrorMessage          = $item.ErrorMessage
            NextStep              = $item.NextStep
            CertificateSubject    = $item.CertificateSubject
            CertificateIssuer     = $item.CertificateIssuer
            CertificateNames      = [string[]] @(foreach ($value in $item.CertificateNames) { $value })
            CertificateNotBefore  = ConvertFrom-CMSyncTime -InputObject $item.CertificateNotBefore
            CertificateNotAfter   = ConvertFrom-CMSyncTime -InputObject $item.CertificateNotAfter
            CertificateThumbprint = $item.CertificateThumbprint
        }
        $result.PSObject.TypeNames.Insert(0, 'IResultObject#CMSync_SourceTestStage')
        $result
    }
}
