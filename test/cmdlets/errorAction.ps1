# What the scripts of the module do with errors that -ErrorAction could not reach: one line for each place.
[CmdletBinding()]
param(
    [string[]] $Path
)

function Test-IsChecked {
    # Whether the value of a command is dropped, passed on as it is, or looked at for nothing by the very next statement.
    [CmdletBinding()]
    [OutputType([bool])]
    param($Command)

    $statement = $Command.Parent
    if ($statement.Parent -is [System.Management.Automation.Language.ParenExpressionAst]) {
        return $statement.Parent.Parent -is [System.Management.Automation.Language.ConvertExpressionAst]
    }
    if ($statement.Parent -isnot [System.Management.Automation.Language.AssignmentStatementAst]) { return $true }
    $assignment = $statement.Parent
    $following = @($assignment.Parent.Statements | Where-Object { $_.Extent.StartOffset -gt $assignment.Extent.StartOffset })
    $following.Count -gt 0 -and $following[0].Extent.Text -match "\`$null -(eq|ne) $([regex]::Escape($assignment.Left.Extent.Text))"
}

$module = Get-Module -Name ConfigMgrSync
foreach ($file in $Path) {
    $tree = [System.Management.Automation.Language.Parser]::ParseFile($file, [ref] $null, [ref] $null)
    $name = [System.IO.Path]::GetFileNameWithoutExtension($file)
    $calls = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.InvokeMemberExpressionAst] }, $true)
    foreach ($call in $calls) {
        if ($call.Member.Extent.Text -eq 'WriteError' -and $name -ne 'Write-CMSyncError') { "${name}: WriteError, not Write-CMSyncError" }
        if ($call.Member.Extent.Text -ne 'ThrowTerminatingError') { continue }
        $id = [regex]::Match($call.Arguments[0].Extent.Text, "-ErrorId '(\w+)'").Groups[1].Value
        if (-not $id) { "${name}: ends with an error that is not named"; continue }
        $isOfObject = & $module { Test-CMSyncObjectError -Record (New-CMSyncErrorRecord -ErrorId $args[0]) } $id
        if ($isOfObject) { "${name}: ends with $id" }
    }
    $asking = 'Invoke-CMSyncMethod', 'Resolve-CMSync(UpdateId|AlertId|SiteSystem|SiteCode|FilterSite|Schedule|LogFilter)',
        'Get-CMSync(SiteFolder|ComponentChange|ScheduleProperty|StoreReport|RunWindow|CABundleText)'
    $pattern = "^($($asking -join '|'))$"
    $commands = $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
    foreach ($command in $commands) {
        # The site of the session is there, or the command has ended.
        if ($command.GetCommandName() -eq 'Get-CMSyncSiteFolder' -and $command.Extent.Text -notmatch '-SiteCode') { continue }
        if ($command.GetCommandName() -match $pattern -and -not (Test-IsChecked -Command $command)) {
            "${name}: takes what $($command.GetCommandName()) did not give"
        }
    }
}
