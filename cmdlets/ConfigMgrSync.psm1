# Definitions, the provider CMSite and the drives of this machine's sites: the engine starts with the first command that needs it.
# Not Split-Path: the module of that command would have to be loaded for it, which takes longer than all the rest.
$script:CMSyncModuleRoot = $PSScriptRoot -replace '[\\/][^\\/]+$', ''
$script:CMSyncModuleVersion = '0.2.0'
$script:CMSyncConnection = $null
$script:CMSyncErrorTable = $null
$script:CMSyncObjectKind = $null
$script:CMSyncNode = $null
# The last error that the engine answered: what ends a wait by itself, unlike Ctrl+C.
$script:CMSyncRefusal = $null
# The site of the session as parameters of site/connect; Label is how messages name it.
$script:CMSyncSite = @{ Params = @{}; Label = '(the default)' }
# Sites that have a drive, by its name, as parameters of site/connect.
$script:CMSyncDrive = @{}

# Named with its provider: a session may stand on Env: or on another drive that is no file system.
foreach ($folder in 'private', 'public') {
    foreach ($file in Get-ChildItem -LiteralPath "Microsoft.PowerShell.Core\FileSystem::$PSScriptRoot/$folder" -Filter '*.ps1' -Recurse) {
        . $file.FullName
    }
}

if ($ExecutionContext.SessionState.LanguageMode -eq 'FullLanguage') {
    # What the session has chosen outlives Import-Module -Force.
    $kept = $ExecutionContext.SessionState.PSVariable.GetValue('global:ConfigMgrSyncSession')
    if ($kept -is [hashtable]) {
        $script:CMSyncSite = $kept.Site
        $script:CMSyncDrive = $kept.Drive
    }
    $ExecutionContext.SessionState.Module.OnRemove = { Stop-CMSyncConnection }
    Register-CMSyncCompleter
    Register-CMSyncMachineDrive
}
