function ConvertTo-CMSyncErrorRecord {
    # The error object of a JSON-RPC answer as an ErrorRecord. An answer without our data is told by its code.
    [CmdletBinding()]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [psobject] $InputObject,

        [string] $Method
    )

    $methodNotFound = -32601
    $told = $InputObject.data
    if ($null -ne $told -and $told.errorId) {
        $record = @{
            ErrorId      = [string] $told.errorId
            Message      = [string] $InputObject.message
            NextStep     = [string] $told.nextStep
            Category     = [string] $told.category
            TargetObject = $told.data
        }
        return New-CMSyncErrorRecord @record
    }
    if ($InputObject.code -eq $methodNotFound) {
        return New-CMSyncErrorRecord -ErrorId 'UnknownMethod' -Data @{ method = $Method } -TargetObject $Method
    }
    $entry = Get-CMSyncErrorDefinition -Code $InputObject.code
    if ($null -ne $entry) {
        return New-CMSyncErrorRecord -ErrorId $entry.Name -Message $InputObject.message -TargetObject $Method
    }
    $reason = @{ where = $Method; reason = [string] $InputObject.message }
    New-CMSyncErrorRecord -ErrorId 'InternalError' -Data $reason -TargetObject $Method
}
