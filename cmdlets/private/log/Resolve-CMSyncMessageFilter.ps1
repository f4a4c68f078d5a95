function Resolve-CMSyncMessageFilter {
    # The filters of Get-CMSiteStatusMessage as parameters of message/list: those of -FilterHashtable, then the named ones.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        $BoundParameters,

        $Caller
    )

    $names = 'Component', 'ComputerName', 'MessageId', 'Module', 'Severity', 'SiteCode'
    $given = @{}
    $table = $BoundParameters['FilterHashtable']
    foreach ($key in $table.Keys) {
        $name = @(@($names) + 'StartDateTime' | Where-Object { $_ -eq $key })
        if ($name.Count -eq 0) {
            $data = @{ reason = "-FilterHashtable accepts $($names -join ', ') and StartDateTime, but not $key" }
            $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $key))
        }
        $given[$name[0]] = $table[$key]
    }
    foreach ($key in @($names) + 'StartDateTime') {
        if ($BoundParameters.ContainsKey($key)) { $given[$key] = $BoundParameters[$key] }
    }
    $result = @{}
    foreach ($key in $given.Keys) {
        $name = $key.Substring(0, 1).ToLowerInvariant() + $key.Substring(1)
        switch ($key) {
            'StartDateTime' { $result['startTime'] = ConvertTo-CMSyncTime -InputObject $given[$key] }
            'MessageId' { $result[$name] = [int[]] @($given[$key]) }
            default { $result[$name] = [string[]] @($given[$key]) }
        }
    }
    $result
}
