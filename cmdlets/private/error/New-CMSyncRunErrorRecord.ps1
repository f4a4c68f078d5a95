function New-CMSyncRunErrorRecord {
    # The one error of a run that did not succeed: its id and words, the run itself as the target.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'It makes an object in memory.')]
    [OutputType([System.Management.Automation.ErrorRecord])]
    param(
        [psobject] $Run
    )

    $errorId = $Run.ErrorId
    if (-not $errorId) { $errorId = if ($Run.State -eq 'Cancelled') { 'Cancelled' } else { 'InternalError' } }
    $data = @{ what = "Run $($Run.Id)"; where = "run $($Run.Id)"; reason = "it ended as $($Run.State)"; run = $Run.Id }
    New-CMSyncErrorRecord -ErrorId $errorId -Data $data -Message $Run.ErrorMessage -NextStep $Run.NextStep -TargetObject $Run
}
