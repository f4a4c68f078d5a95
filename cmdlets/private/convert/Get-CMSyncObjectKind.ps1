function Get-CMSyncObjectKind {
    # How objects of a kind are made, by cmdlets/ConfigMgrSync.Objects.psd1, which is read at the first object: their type names, the
    # names of their properties in order, those of each type (Of), and the kind of those that are objects themselves (Kinds).
    [CmdletBinding()]
    [OutputType([hashtable])]
    param(
        [string] $Kind
    )

    if ($null -eq $script:CMSyncObjectKind) {
        $file = "Microsoft.PowerShell.Core\FileSystem::$script:CMSyncModuleRoot/cmdlets/ConfigMgrSync.Objects.psd1"
        $read = Import-PowerShellDataFile -LiteralPath $file
        $kinds = @{}
        foreach ($name in $read.Keys) {
            $kinds[$name] = @{ Names = [System.Collections.Generic.List[string]]::new(); Of = @{}; Kinds = @{} }
            $kinds[$name]['TypeNames'] = @("ConfigMgrSync.$name"; if ($read[$name]['Class']) { "IResultObject#$($read[$name]['Class'])" })
            foreach ($text in $read[$name]['Properties']) {
                $property, $type = $text.Split(':')
                $kinds[$name]['Names'].Add($property)
                $bare = "$type".Replace('[]', '')
                if ($read.ContainsKey($bare)) {
                    $kinds[$name]['Kinds'][$property] = $bare
                    $type = $type.Replace($bare, 'kind')
                }
                if ($type) { $kinds[$name]['Of'][$type] += @($property) }
            }
        }
        $script:CMSyncObjectKind = $kinds
    }
    if (-not $script:CMSyncObjectKind.ContainsKey($Kind)) { throw "ConfigMgrSync.Objects.psd1 has no kind $Kind." }
    $script:CMSyncObjectKind[$Kind]
}
