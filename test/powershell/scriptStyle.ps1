# Walks the tokens and the syntax tree of scripts and prints, as one JSON array of file, line, rule and text, where they leave
# the one true brace style with four spaces, and functions with a changing verb that neither ask ShouldProcess nor say why.
param([Parameter(Mandatory = $true)][string] $Root, [Parameter(Mandatory = $true)][string] $ListFile)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$script:found = New-Object System.Collections.ArrayList
$script:file = ''
$script:lines = @()
$script:functions = New-Object System.Collections.ArrayList

$openers = 'LCurly', 'AtCurly', 'LParen', 'AtParen', 'DollarParen', 'LBracket'
$closers = 'RCurly', 'RParen', 'RBracket'
$changingVerbs = @(
    'Add', 'Clear', 'Copy', 'Disable', 'Enable', 'Export', 'Import', 'Install', 'Move', 'New', 'Publish', 'Register', 'Remove', 'Rename',
    'Repair', 'Reset', 'Restart', 'Restore', 'Revoke', 'Save', 'Set', 'Start', 'Stop', 'Sync', 'Uninstall', 'Unregister', 'Update'
)
$changingRule = 'PSUseShouldProcessForStateChangingFunctions'

function Write-Finding([int] $Line, [string] $Rule) {
    $text = if ($Line -le $script:lines.Count) { $script:lines[$Line - 1].Trim() } else { '' }
    $null = $script:found.Add([ordered]@{ file = $script:file; line = $Line; rule = $Rule; text = $text })
}

function Get-Indent([int] $Line) { $script:lines[$Line - 1].Length - $script:lines[$Line - 1].TrimStart(' ').Length }

function Test-First($Token) {
    $script:lines[$Token.Extent.StartLineNumber - 1].Substring(0, $Token.Extent.StartColumnNumber - 1).Trim() -eq ''
}

function Test-Continued($Token) {
    if ($null -eq $Token) { return $false }
    if ("$($Token.Kind)" -in 'Pipe', 'Comma', 'LineContinuation', 'Dot') { return $true }
    ($Token.TokenFlags -band [System.Management.Automation.Language.TokenFlags] 'BinaryOperator, AssignmentOperator') -ne 0
}

# What stands on lines of their own: a block ends as deep as it began, what is in it is four spaces deeper.
function Test-Indent($Token, $Opener, $Before) {
    $line = $Token.Extent.StartLineNumber
    $indent = Get-Indent $line
    $base = if ($null -eq $Opener) { 0 } else { (Get-Indent $Opener.Extent.StartLineNumber) + 4 }
    if ("$($Token.Kind)" -in $closers) { $allowed = @($base - 4) } elseif (Test-Continued $Before) { $allowed = $base, ($base + 4) } else { $allowed = @($base) }
    if ($indent -notin $allowed) { Write-Finding $line 'indentation' }
}

function Test-Space($Left, $Right, [string] $Rule) {
    if ($Left.Extent.EndLineNumber -ne $Right.Extent.StartLineNumber) { return }
    if ($Right.Extent.StartOffset - $Left.Extent.EndOffset -ne 1) { Write-Finding $Right.Extent.StartLineNumber $Rule }
}

function Test-Opening($Token, $Before, $Next) {
    $isElement = $null -eq $Before -or "$($Before.Kind)" -in $openers -or "$($Before.Kind)" -eq 'Comma'
    if (-not $isElement) {
        if ("$($Token.Kind)" -eq 'LCurly') {
            if (Test-First $Token) { Write-Finding $Token.Extent.StartLineNumber 'brace-on-own-line' }
            Test-Space $Before $Token 'space-before-brace'
        }
    }
    if ("$($Next.Kind)" -notin 'RCurly', 'Comment', 'NewLine') { Test-Space $Token $Next 'space-inside-braces' }
}

function Test-Closing($Token, $Opener, $Before) {
    if ($Opener.Extent.StartLineNumber -eq $Token.Extent.StartLineNumber) {
        if (-not [object]::ReferenceEquals($Opener, $Before)) { Test-Space $Before $Token 'space-inside-braces' }
        return
    }
    if (-not (Test-First $Token)) { Write-Finding $Token.Extent.StartLineNumber 'brace-not-on-own-line' }
    $after = $script:lines[$Opener.Extent.EndLineNumber - 1].Substring($Opener.Extent.EndColumnNumber - 1)
    if ($after -notmatch '^\s*(#.*)?$') { Write-Finding $Opener.Extent.StartLineNumber 'code-after-brace' }
}

function Test-Tokens($Tokens) {
    $stack = New-Object System.Collections.Stack
    $before = $null
    $lastLine = 0
    for ($i = 0; $i -lt $Tokens.Count; $i++) {
        $token = $Tokens[$i]
        $kind = "$($token.Kind)"
        if ($kind -in 'NewLine', 'EndOfInput') { continue }
        if ($token.Extent.StartLineNumber -gt $lastLine) { Test-Indent $token $(if ($stack.Count -gt 0) { $stack.Peek() }) $before }
        $lastLine = $token.Extent.EndLineNumber
        if ($kind -eq 'Comment') { continue }
        if ($kind -in 'LCurly', 'AtCurly') { Test-Opening $token $before $Tokens[$i + 1] }
        if ($kind -in 'Else', 'ElseIf', 'Catch', 'Finally') {
            if (Test-First $token) { Write-Finding $token.Extent.StartLineNumber 'not-after-brace' } else { Test-Space $before $token 'space-after-brace' }
        }
        if ($kind -in $openers) { $stack.Push($token) }
        if ($kind -in $closers) {
            $opener = $stack.Pop()
            if ($kind -eq 'RCurly') { Test-Closing $token $opener $before }
        }
        $before = $token
    }
}

function Test-Lines {
    for ($i = 0; $i -lt $script:lines.Count; $i++) {
        if ($script:lines[$i] -match '\t') { Write-Finding ($i + 1) 'tab' }
        if ($script:lines[$i] -match '\s$') { Write-Finding ($i + 1) 'space-at-end' }
    }
    if ($script:lines[-1] -ne '') { Write-Finding $script:lines.Count 'no-end-of-line' }
}

function Get-Named($Attribute, [string] $Name) {
    $argument = @($Attribute.NamedArguments | Where-Object { $_.ArgumentName -eq $Name })
    if ($argument.Count -eq 1) { $argument[0].Argument.Extent.Text } else { '' }
}

# What a function says and does about ShouldProcess.
function Read-Function($Node) {
    $attributes = if ($null -ne $Node.Body.ParamBlock) { @($Node.Body.ParamBlock.Attributes) } else { @() }
    $binding = @($attributes | Where-Object { $_.TypeName.Name -eq 'CmdletBinding' })
    $suppressed = @($attributes | Where-Object {
        $_.TypeName.Name -match '(^|\.)SuppressMessage(Attribute)?$' -and $_.PositionalArguments[0].Extent.Text.Trim("'") -eq $changingRule
    })
    $body = $Node.Body
    $calls = @($body.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true) | Where-Object {
        $_.Extent.Text -match '-Caller \$(PSCmdlet|Caller)\b'
    } | ForEach-Object { $_.GetCommandName() })
    $asks = @($body.FindAll({ $args[0] -is [System.Management.Automation.Language.InvokeMemberExpressionAst] }, $true) | Where-Object {
        $_.Member.Extent.Text -eq 'ShouldProcess'
    })
    $null = $script:functions.Add(@{
        File = $script:file; Lines = $script:lines; Line = $Node.Extent.StartLineNumber; Name = $Node.Name
        Supports = $binding.Count -gt 0 -and (Get-Named $binding[0] 'SupportsShouldProcess') -eq '$true'
        Reason = if ($suppressed.Count -gt 0) { (Get-Named $suppressed[0] 'Justification').Trim("'", '"') } else { '' }
        Calls = $calls; Asks = $asks.Count -gt 0
    })
}

# A function asks also by one that it hands its caller to.
function Test-Functions {
    do {
        $asking = @($script:functions | Where-Object { $_.Asks } | ForEach-Object { $_.Name })
        $more = @($script:functions | Where-Object { -not $_.Asks -and @($_.Calls | Where-Object { $_ -in $asking }).Count -gt 0 })
        foreach ($function in $more) { $function.Asks = $true }
    } while ($more.Count -gt 0)
    foreach ($function in $script:functions) {
        $script:file = $function.File
        $script:lines = $function.Lines
        $isChanging = ($function.Name -split '-')[0] -in $changingVerbs -and $function.Name -match '-'
        if ($isChanging -and $function.Reason.Length -lt 10 -and -not ($function.Asks -and $function.Supports)) {
            Write-Finding $function.Line 'should-process'
        }
        if ($function.Supports -and -not $function.Asks) { Write-Finding $function.Line 'never-asks' }
    }
}

foreach ($name in [System.IO.File]::ReadAllLines($ListFile)) {
    $script:file = $name
    $source = [System.IO.File]::ReadAllText([System.IO.Path]::Combine($Root, $name))
    $script:lines = $source -split '\r?\n'
    $tokens = $null
    $errors = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($source, [ref] $tokens, [ref] $errors)
    foreach ($problem in @($errors)) { Write-Finding $problem.Extent.StartLineNumber 'parse-error' }
    if (@($errors).Count -gt 0) { continue }
    Test-Lines
    Test-Tokens $tokens
    foreach ($node in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.FunctionDefinitionAst] }, $true)) { Read-Function $node }
}
Test-Functions
ConvertTo-Json -InputObject @($script:found) -Depth 3
