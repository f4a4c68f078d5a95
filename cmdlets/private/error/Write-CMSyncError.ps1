function Write-CMSyncError {
    # An error that concerns one object: -ErrorAction says what becomes of it and the command goes on. Without -ErrorAction the script
    # that calls decides by its preference, as with commands of the product; functions of a module would see only the session's.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [System.Management.Automation.ErrorRecord] $Record,

        # What New-CMSyncErrorRecord takes, where there is no record yet.
        [string] $ErrorId,

        [hashtable] $Data = @{},

        [string] $Message,

        $TargetObject,

        $Caller
    )

    if (-not $Caller.MyInvocation.BoundParameters.ContainsKey('ErrorAction')) {
        $ErrorActionPreference = $Caller.SessionState.PSVariable.GetValue('ErrorActionPreference')
    }
    if ($null -eq $Record) { $Record = New-CMSyncErrorRecord -ErrorId $ErrorId -Data $Data -Message $Message -TargetObject $TargetObject }
    $Caller.WriteError($Record)
}
