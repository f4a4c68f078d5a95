function Register-CMSyncCompleter {
    # Lets the names of a site be completed on every command of the module. What a command does not have is registered in vain,
    # which costs nothing: so no list of commands can become old.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'It tells this session what completes names; nothing of a site changes.')]
    [OutputType([void])]
    param()

    $commands = @(foreach ($command in $ExecutionContext.SessionState.InvokeCommand.GetCommands('*-CM*', 'Function', $true)) { $command.Name })
    $parameters = @(
        'Product', 'AddProduct', 'RemoveProduct', 'SetProduct', 'ProductFamily', 'AddProductFamily', 'RemoveProductFamily', 'SetProductFamily',
        'Company', 'AddCompany', 'RemoveCompany', 'SetCompany', 'Vendor',
        'UpdateClassification', 'AddUpdateClassification', 'RemoveUpdateClassification', 'SetUpdateClassification', 'Classification', 'CategoryName',
        'AddLanguageSummaryDetail', 'RemoveLanguageSummaryDetail', 'AddLanguageUpdateFile', 'RemoveLanguageUpdateFile',
        'SiteCode', 'ChildSiteCode', 'StatusFilterRuleSiteCode', 'SiteSystemServerName', 'WSUSServerName', 'DefaultServerName',
        'DefaultWsusServer', 'ArticleId'
    )
    $complete = {
        param($commandName, $parameterName, $wordToComplete, $commandAst, $fakeBoundParameters)
        Complete-CMSyncArgument -ParameterName $parameterName -WordToComplete $wordToComplete -Bound $fakeBoundParameters
    }
    foreach ($parameter in $parameters) { Register-ArgumentCompleter -CommandName $commands -ParameterName $parameter -ScriptBlock $complete }
    Register-ArgumentCompleter -CommandName 'Get-CMSoftwareUpdateCategory' -ParameterName 'Name' -ScriptBlock $complete
    Register-ArgumentCompleter -CommandName 'Get-CMSyncRun', 'Wait-CMSyncRun', 'Stop-CMSyncRun' -ParameterName 'Id' -ScriptBlock $complete
    Register-ArgumentCompleter -CommandName 'Get-CMSyncChange', 'Get-CMSyncLog' -ParameterName 'Run' -ScriptBlock $complete
}
