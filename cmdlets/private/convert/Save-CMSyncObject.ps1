function Save-CMSyncObject {
    # Put() of our objects: what was changed by hand in one is set, as the command for it would. Nothing is returned.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'It is the method Put of an object, which has neither WhatIf nor Confirm.')]
    [OutputType([void])]
    param(
        [psobject] $InputObject
    )

    # A method has no -ErrorAction: whatever goes wrong ends it, so that try and catch see it.
    $ErrorActionPreference = 'Ignore'
    $script:CMSyncRefusal = $null
    $class = @($InputObject.PSObject.TypeNames)[0] -replace '^.*#'
    $call = switch ($class) {
        'SMS_SCI_Component' { Get-CMSyncComponentChange -InputObject $InputObject -Caller $PSCmdlet }
        'SMS_UpdateCategoryInstance' {
            $verb = if ($InputObject.IsSubscribed) { 'add' } else { 'remove' }
            $params = @{ $($verb + $InputObject.CategoryTypeName) = [string[]] $InputObject.CategoryInstance_UniqueID }
            @{ Method = 'component/set'; SiteCode = ''; Params = $params }
        }
        'SMS_SoftwareUpdate' {
            $severity = @{ 0 = 'None'; 2 = 'Low'; 6 = 'Moderate'; 8 = 'Important'; 10 = 'Critical' }[[int] $InputObject.CustomSeverity]
            $minutes = [int] ($InputObject.MaxExecutionTime / 60)
            $params = @{ ciIds = [uint32[]] $InputObject.CI_ID; customSeverity = $severity; maximumExecutionMins = $minutes }
            @{ Method = 'update/set'; SiteCode = ''; Params = $params }
        }
        'SMS_Alert' {
            $severity = @{ 1 = 'Error'; 2 = 'Warning'; 3 = 'Informational' }[[int] $InputObject.Severity]
            $params = @{ id = [uint32] $InputObject.ID; newName = $InputObject.Name; comment = [string] $InputObject.Comments; severity = $severity }
            $params['parameterValue'] = [string] $InputObject.ParameterValues
            @{ Method = 'alert/set'; SiteCode = ''; Params = $params }
        }
    }
    if ($null -ne $script:CMSyncRefusal) { $PSCmdlet.ThrowTerminatingError($script:CMSyncRefusal) }
    if ($null -eq $call) { return }
    $call.Params['requestId'] = [guid]::NewGuid().ToString()
    $answer = Invoke-CMSyncMethod -Method $call.Method -Params $call.Params -SiteCode $call.SiteCode -Caller $PSCmdlet
    if ($null -eq $answer) { $PSCmdlet.ThrowTerminatingError($script:CMSyncRefusal) }
    foreach ($text in $answer.warnings) { $PSCmdlet.WriteWarning($text) }
}
