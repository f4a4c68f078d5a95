function Resolve-CMSyncSiteSystem {
    # Server and site code that a command about a role means: by name, or by the object of a site system, a role or a site.
    # Another object is told as an error of its own, and nothing comes back.
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [string] $Name,

        [string] $SiteCode,

        [psobject] $InputObject,

        $Caller
    )

    if ($null -eq $InputObject) { return @{ Name = $Name; SiteCode = $SiteCode } }
    $values = @{}
    foreach ($property in 'SiteCode', 'ServerName', 'NetworkOSPath') {
        $found = $InputObject.PSObject.Properties[$property]
        if ($null -ne $found) { $values[$property] = [string] $found.Value }
    }
    $server = if ($values['NetworkOSPath']) { $values['NetworkOSPath'].TrimStart('\') } else { $values['ServerName'] }
    if ($values['SiteCode'] -and $server) { return @{ Name = $server; SiteCode = $values['SiteCode'] } }
    $data = @{ reason = '-InputObject takes a site system or one of its roles' }
    Write-CMSyncError -ErrorId 'ContradictoryParameters' -Data $data -TargetObject $InputObject -Caller $Caller
}
