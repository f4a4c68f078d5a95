function Test-CMSyncObjectError {
    # Whether an error concerns one object (not found, there already, not valid), so that -ErrorAction decides and others have their
    # turn. What concerns the session, the engine, the store or parameters that exclude each other makes the command impossible.
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [System.Management.Automation.ErrorRecord] $Record
    )

    $id = $Record.FullyQualifiedErrorId -replace ',.*$', ''
    if ($id -match '^(Store.*|InvalidRequest|ContradictoryParameters|SiteAmbiguous)$') { return $false }
    if ($id -match '^(DefaultSoftwareUpdatePointNeeded|SoftwareUpdatePointLimit)$') { return $true }
    [string] $Record.CategoryInfo.Category -in 'ObjectNotFound', 'ResourceExists', 'InvalidArgument', 'InvalidData', 'WriteError'
}
