function Confirm-CMSyncAction {
    # ShouldProcess of a command that asks before it acts. Where nobody can answer (-NonInteractive, a host without prompts) the error
    # says how not to be asked.
    [CmdletBinding()]
    [OutputType([bool])]
    param(
        [string] $Target,

        [string] $Action,

        $Caller
    )

    try {
        return $Caller.ShouldProcess($Target, $Action)
    } catch [System.Management.Automation.MethodInvocationException] {
        $reason = $_.Exception.GetBaseException()
        # What ends a pipeline is not an answer.
        if ($reason -is [System.Management.Automation.PipelineStoppedException]) { throw }
        $data = @{ command = $Caller.MyInvocation.MyCommand.Name; reason = $reason.Message.TrimEnd('.') }
        $record = New-CMSyncErrorRecord -ErrorId 'ConfirmationImpossible' -Data $data -TargetObject $Target
    }
    $Caller.ThrowTerminatingError($record)
}
