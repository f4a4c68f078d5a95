function Assert-CMSyncLanguageMode {
    # A module that is not trusted runs in ConstrainedLanguage where the session does: no process can be started there.
    [CmdletBinding()]
    [OutputType([void])]
    param()

    $mode = [string] $ExecutionContext.SessionState.LanguageMode
    if ($mode -eq 'FullLanguage') { return }
    $text = @{
        ErrorId           = 'ConstrainedLanguage'
        Category          = 'SecurityError'
        TargetObject      = $mode
        Message           = "This session runs in $mode, so the module cannot start its engine here."
        RecommendedAction = 'Sign the module so that it is trusted, or run the command in a session in FullLanguage.'
    }
    Write-Error @text -ErrorAction Stop
}
