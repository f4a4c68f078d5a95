function Find-CMSyncNode {
    # The first Node.js that is there and new enough; once per session and environment.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        $Caller
    )

    $minimum = [version] '20.19'
    $look = Get-CMSyncNodeEnvironment
    $key = '{0}|{1}' -f $look.Environment['CONFIGMGRSYNC_NODE'], $look.Environment['PATH']
    if ($null -ne $script:CMSyncNode -and $script:CMSyncNode.Key -eq $key) { return $script:CMSyncNode.Path }

    $looked = foreach ($candidate in Get-CMSyncNodeCandidate @look) {
        if (-not [System.IO.File]::Exists($candidate.Path)) {
            if ($candidate.Source -ne 'PATH') { "$($candidate.Source): $($candidate.Path) does not exist" }
            continue
        }
        $version = Get-CMSyncNodeVersion -Path $candidate.Path
        if ($null -ne $version -and $version -ge $minimum) {
            $script:CMSyncNode = @{ Key = $key; Path = $candidate.Path }
            return $candidate.Path
        }
        $found = if ($null -eq $version) { 'is not Node.js' } else { "is version $version" }
        "$($candidate.Source): $($candidate.Path) $found"
    }
    $looked = @($looked) + $(if (-not $look.Environment['CONFIGMGRSYNC_NODE']) { 'CONFIGMGRSYNC_NODE: not set', 'the folders of PATH' })
    $data = @{ minimum = $minimum; looked = ($looked -ne $null) -join '; ' }
    $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'NodeNotFound' -Data $data -TargetObject 'node'))
}
