function Write-CMSyncFastWarning {
    # The product's reminder of -Fast; $CMPSSuppressFastNotUsedCheck = $true silences it there and here.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        $Caller
    )

    $suppress = $Caller.SessionState.PSVariable.GetValue('CMPSSuppressFastNotUsedCheck')
    if ($suppress -eq $true) { return }
    $name = $Caller.MyInvocation.MyCommand.Name
    $Caller.WriteWarning("'$name' fetches lazy properties, which takes longer. Use -Fast where they are not needed, or set " +
        "`$CMPSSuppressFastNotUsedCheck = `$true to silence this warning.")
}
