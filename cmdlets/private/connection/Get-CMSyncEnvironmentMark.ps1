function Get-CMSyncEnvironmentMark {
    # The variables the child inherited: when one changes in the session, the next command starts a new child.
    [CmdletBinding()]
    [OutputType([string])]
    param()

    $values = foreach ($name in 'CONFIGMGRSYNC_HOME', 'CONFIGMGRSYNC_SITE', 'CONFIGMGRSYNC_NODE', 'CONFIGMGRSYNC_ENGINE_MAIN') {
        [System.Environment]::GetEnvironmentVariable($name)
    }
    $values -join '|'
}
