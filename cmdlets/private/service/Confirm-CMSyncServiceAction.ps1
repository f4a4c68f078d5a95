function Confirm-CMSyncServiceAction {
    # Asks ShouldProcess of the command with exactly what would be done: -WhatIf shows the whole registration and every step.
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [string] $Action,

        # What is wanted of the service: account, port and the like.
        [hashtable] $Wanted = @{},

        [string] $SiteCode,

        $Caller
    )

    $params = $Wanted.Clone()
    $params['action'] = $Action
    $service = Invoke-CMSyncMethod -Method 'service/describe' -Params $params -SiteCode $SiteCode -Caller $Caller
    if ($null -eq $service) { return $false }
    $steps = @($service.Commands) -join "`n"
    $what = "$Action the service $($service.Name) of site $($service.SiteCode) under $($service.Account):`n"
    if ($Action -eq 'Install') { $what += "$($service.Registration)`n" }
    $Caller.ShouldProcess($what + $steps, "$what$steps`n`nContinue?", "$Action the service of site $($service.SiteCode)")
}
