function Set-CMSoftwareUpdate {
    <#
    .SYNOPSIS
    Sets the custom severity and the maximum run time of single software updates.

    .DESCRIPTION
    These settings are permanent: no later synchronization changes them, even if a new revision comes or the update expires and
    returns. The severity of the publisher (Severity) does not change; Get-CMSoftwareUpdate -Severity uses that one.
    Objects from the pipeline are collected and changed together at its end, in groups of 500. A group with an update that no longer
    exists is refused completely.

    .PARAMETER Id
    The CI_ID of the update.

    .PARAMETER Name
    The title of the update. Changes all updates with this title, including upgrades. * and ? are literal, unless
    -ForceWildcardHandling is given.

    .PARAMETER InputObject
    Updates from Get-CMSoftwareUpdate of the same site, or copies saved with Export-Clixml. Their CI_IDs are used.

    .PARAMETER CustomSeverity
    The custom severity. None removes it.

    .PARAMETER MaximumExecutionMins
    The maximum run time in minutes, 5 to 9999. MaxExecutionTime of the update shows it in seconds.

    .PARAMETER PassThru
    Returns the changed software updates. Not in the ConfigMgr module.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in the name literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in the name as wildcards.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSoftwareUpdate -Fast -Name 'Update for Windows 10 (KB3106932)' | Set-CMSoftwareUpdate -MaximumExecutionMins 10 -CustomSeverity Critical

    Marks one update as critical and gives it ten minutes.

    .EXAMPLE
    PS> Get-CMSoftwareUpdate -Fast | Where-Object CustomSeverity -ne 0 | ForEach-Object { Set-CMSoftwareUpdate -Id $_.CI_ID -CustomSeverity None }

    Removes every custom severity.

    .EXAMPLE
    PS> Set-CMSoftwareUpdate -Name '*Cumulative Update*' -ForceWildcardHandling -MaximumExecutionMins 90 -WhatIf

    Shows what would be set.

    .INPUTS
    IResultObject#SMS_SoftwareUpdate

    .OUTPUTS
    None; with -PassThru IResultObject#SMS_SoftwareUpdate

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdate

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdate
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SetById', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/set-cmsoftwareupdate')]
    [OutputType('IResultObject#SMS_SoftwareUpdate')]
    param(
        [Parameter(ParameterSetName = 'SetById', Mandatory = $true)]
        [Alias('CIId', 'CI_ID')]
        [string] $Id,

        [Parameter(ParameterSetName = 'SetByName', Mandatory = $true)]
        [Alias('LocalizedDisplayName')]
        [string] $Name,

        [Parameter(ParameterSetName = 'SetByValue', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $InputObject,

        [ValidateSet('None', 'Low', 'Moderate', 'Important', 'Critical')]
        [string] $CustomSeverity,

        [Alias('MaximumExecutionMinutes')]
        [int] $MaximumExecutionMins,

        [switch] $PassThru,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    begin {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $ids = [System.Collections.Generic.List[uint32]]::new()
        $label = "site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
    }

    process {
        if ($PSCmdlet.ParameterSetName -eq 'SetByName') { return }
        foreach ($item in $(if ($PSCmdlet.ParameterSetName -eq 'SetById') { $Id } else { $InputObject })) {
            $number = Resolve-CMSyncUpdateId -InputObject $item -Caller $PSCmdlet
            if ($null -eq $number) { continue }
            if ($PSCmdlet.ShouldProcess("software update $number of $label", 'Set software update')) { $ids.Add($number) }
        }
    }

    end {
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'CustomSeverity', 'MaximumExecutionMins', 'Name'
        if ($params.Count -eq 0 -or ($params.Count -eq 1 -and $params['name'])) {
            $data = @{ reason = 'Give -CustomSeverity or -MaximumExecutionMins' }
            $PSCmdlet.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data))
        }
        if ($PSCmdlet.ParameterSetName -eq 'SetByName') {
            if (-not $PSCmdlet.ShouldProcess("software update $Name of $label", 'Set software update')) { return }
            $params += @{ requestId = [guid]::NewGuid().ToString(); wildcard = [bool] $ForceWildcardHandling }
            $answer = Invoke-CMSyncMethod -Method 'update/set' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
            if ($null -eq $answer) { return }
            if ($PassThru) { ConvertTo-CMSoftwareUpdate -InputObject $answer.updates }
        }
        for ($at = 0; $at -lt $ids.Count; $at += 500) {
            $some = $ids.GetRange($at, [Math]::Min(500, $ids.Count - $at))
            do {
                $params['requestId'] = [guid]::NewGuid().ToString()
                $params['ciIds'] = [uint32[]] $some
                $answer = Invoke-CMSyncMethod -Method 'update/set' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
                # One that does not exist is told by then; the others have their turn.
                $isLeft = $null -eq $answer -and $some.RemoveAll({ $args[0] -eq $script:CMSyncRefusal.TargetObject.id }) -gt 0 -and $some.Count -gt 0
            } while ($isLeft)
            if ($PassThru -and $null -ne $answer) { ConvertTo-CMSoftwareUpdate -InputObject $answer.updates }
        }
    }
}
