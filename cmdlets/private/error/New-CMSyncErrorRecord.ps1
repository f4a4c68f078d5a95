function New-CMSyncErrorRecord {
    # An ErrorRecord for one id of the error table. -Data fills the {placeholders}; -Message, -NextStep and -Category
    # replace the table's text, which is how the engine's own errors keep the words the engine chose.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'It makes an object in memory.')]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [string] $ErrorId,

        [hashtable] $Data = @{},

        [string] $Message,

        [string] $NextStep,

        [string] $Category,

        $TargetObject
    )

    $entry = Get-CMSyncErrorDefinition -ErrorId $ErrorId
    $definition = if ($null -ne $entry) { $entry.Value }
    $texts = foreach ($pair in @($Message, $definition.message), @($NextStep, $definition.nextStep)) {
        $text = if ($pair[0]) { $pair[0] } else { [string] $pair[1] }
        foreach ($key in $Data.Keys) {
            # Words of the system end with a full stop of their own.
            $value = [string] $Data[$key]
            $text = $text.Replace('{' + $key + '}.', $value.TrimEnd('.') + '.').Replace('{' + $key + '}', $value)
        }
        $text
    }
    if (-not $Category) { $Category = [string] $definition.category }
    $kind = [System.Management.Automation.ErrorCategory]::NotSpecified
    if (-not [System.Enum]::TryParse($Category, [ref] $kind)) {
        $kind = [System.Management.Automation.ErrorCategory]::NotSpecified
    }
    $exception = [System.InvalidOperationException]::new($texts[0])
    $record = [System.Management.Automation.ErrorRecord]::new($exception, $ErrorId, $kind, $TargetObject)
    $record.ErrorDetails = [System.Management.Automation.ErrorDetails]::new($texts[0])
    $record.ErrorDetails.RecommendedAction = $texts[1]
    $record
}
