function Get-CMSyncChangeText {
    # What a command was given to set, as -WhatIf and -Confirm name it. Secrets are left out.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        $BoundParameters
    )

    $notSet = 'SiteCode', 'Name', 'InputObject', 'PassThru', 'ProxyCredential', 'WhatIf', 'Confirm'
    $notSet += [System.Management.Automation.PSCmdlet]::CommonParameters
    $parts = foreach ($key in $BoundParameters.Keys) {
        if ($key -in $notSet) { continue }
        $texts = foreach ($one in $BoundParameters[$key]) {
            $isSchedule = $null -ne $one -and $one.PSObject.TypeNames -match 'SMS_ST_'
            if ($one -is [bool] -or $one -is [switch]) {
                "`$$([bool] $one)".ToLowerInvariant()
            } elseif ($isSchedule) { 'a schedule' } else { "'$one'" }
        }
        "-$key $($texts -join ', ')".TrimEnd()
    }
    $parts -join '; '
}
