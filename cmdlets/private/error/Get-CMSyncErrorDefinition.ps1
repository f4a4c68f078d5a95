function Get-CMSyncErrorDefinition {
    # One entry of the error table (schemas/errors.json), by id or by JSON-RPC code. The table is read at the first error.
    [CmdletBinding()]
    [OutputType([psobject])]
    param(
        [string] $ErrorId,

        [int] $Code
    )

    if ($null -eq $script:CMSyncErrorTable) {
        $path = Join-Path -Path $script:CMSyncModuleRoot -ChildPath (Join-Path -Path 'schemas' -ChildPath 'errors.json')
        $script:CMSyncErrorTable = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($path))
    }
    if ($ErrorId) {
        return $script:CMSyncErrorTable.PSObject.Properties[$ErrorId]
    }
    foreach ($property in $script:CMSyncErrorTable.PSObject.Properties) {
        if ($property.Value.code -eq $Code) {
            return $property
        }
    }
}
