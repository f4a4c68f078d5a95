# Walks the syntax tree of scripts and prints, as one JSON array of file, line, rule and text, what Windows PowerShell 5.1
# on .NET Framework 4.7.2 cannot parse or run. Syntax is reported everywhere; commands, members and variables not inside
# a branch that $PSVersionTable.PSEdition keeps for PowerShell 7. Values reached by splatting are not seen.
param([Parameter(Mandatory = $true)][string] $Root, [Parameter(Mandatory = $true)][string] $ListFile)

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$data = Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'compatibility51.psd1')
$script:found = New-Object System.Collections.ArrayList
$script:file = ''
$script:firstLine = 1
# The node that is looked at: what is found in it counts only where 5.1 gets to it.
$script:looked = $null
$syntax = 'TernaryExpressionAst', 'PipelineChainAst', 'BinaryExpressionAst', 'AssignmentStatementAst', 'UsingStatementAst', 'TypeDefinitionAst',
    'ScriptBlockAst', 'MemberExpressionAst', 'InvokeMemberExpressionAst', 'IndexExpressionAst', 'PipelineAst'
$use = 'CommandAst', 'MemberExpressionAst', 'InvokeMemberExpressionAst', 'VariableExpressionAst', 'TypeExpressionAst', 'TypeConstraintAst',
    'ConvertExpressionAst', 'AttributeAst'
$texts = 'Number', 'StringExpandable', 'HereStringExpandable', 'Generic'

function Write-Finding([int] $Line, [string] $Rule, [string] $Text) {
    $null = $script:found.Add([ordered]@{ file = $script:file; line = $Line + $script:firstLine - 1; rule = $Rule; text = ($Text -split "`n")[0].Trim() })
}

function Write-NodeFinding($Node, [string] $Rule) {
    if ($null -ne $script:looked -and (Test-Guarded $script:looked)) { return }
    Write-Finding $Node.Extent.StartLineNumber $Rule $Node.Extent.Text
}

function Test-Property($Node, [string] $Name) { $null -ne $Node.PSObject.Properties[$Name] -and $Node.$Name }

function Get-ShortName([string] $Name) { ($Name -replace '\[.*$', '') -replace '^System\.', '' }

$coreCheck = 'PSEdition\s+-eq\s+["'']Core|PSEdition\s+-ne\s+["'']Desktop|PSVersion\.Major\s+-(ge\s+[67]|gt\s+5)'
$desktopCheck = 'PSEdition\s+-ne\s+["'']Core|PSEdition\s+-eq\s+["'']Desktop|PSVersion\.Major\s+-(lt\s+[67]|le\s+5)'

# Whether 5.1 never gets to this node.
function Test-Guarded($Node) {
    for ($child = $Node; $null -ne $child.Parent; $child = $child.Parent) {
        $parent = $child.Parent
        if ($parent.GetType().Name -eq 'BinaryExpressionAst' -and [object]::ReferenceEquals($parent.Right, $child)) {
            if ($parent.Operator -eq 'And' -and $parent.Left.Extent.Text -match $coreCheck) { return $true }
            if ($parent.Operator -eq 'Or' -and $parent.Left.Extent.Text -match $desktopCheck) { return $true }
        } elseif ($parent.GetType().Name -eq 'IfStatementAst') {
            foreach ($clause in $parent.Clauses) {
                if ([object]::ReferenceEquals($clause.Item1, $child)) { break }
                $condition = $clause.Item1.Extent.Text
                $inBody = [object]::ReferenceEquals($clause.Item2, $child)
                if ($inBody -and $condition -match $coreCheck -and $condition -notmatch '\s-or\s') { return $true }
                if ($inBody) { break }
                if ($condition -match $desktopCheck -and $condition -notmatch '\s-and\s') { return $true }
            }
        }
    }
    $false
}

function Test-Type($Node, [string] $Name) {
    $short = Get-ShortName $Name
    foreach ($type in $data.Types) { if ($short -like $type) { Write-NodeFinding $Node 'type' } }
}

function Test-Syntax($Node) {
    switch ($Node.GetType().Name) {
        'TernaryExpressionAst' { Write-NodeFinding $Node 'ternary' }
        'PipelineChainAst' { Write-NodeFinding $Node 'pipeline-chain' }
        'BinaryExpressionAst' { if ("$($Node.Operator)" -eq 'QuestionQuestion') { Write-NodeFinding $Node 'null-coalescing' } }
        'AssignmentStatementAst' { if ("$($Node.Operator)" -eq 'QuestionQuestionEquals') { Write-NodeFinding $Node 'null-coalescing-assignment' } }
        'UsingStatementAst' { if ("$($Node.UsingStatementKind)" -notin 'Namespace', 'Module', 'Assembly') { Write-NodeFinding $Node 'using-kind' } }
        'TypeDefinitionAst' { if ($Node.IsEnum -and $Node.BaseTypes.Count -gt 0) { Write-NodeFinding $Node 'enum-underlying-type' } }
        'ScriptBlockAst' {
            if (Test-Property $Node 'CleanBlock') { Write-NodeFinding $Node.CleanBlock 'clean-block' }
            $requires = $Node.ScriptRequirements
            if ($null -ne $requires -and (($null -ne $requires.RequiredPSVersion -and $requires.RequiredPSVersion.Major -gt 5) -or
                    ($requires.RequiredPSEditions.Count -gt 0 -and $requires.RequiredPSEditions -notcontains 'Desktop'))) { Write-NodeFinding $Node 'requires' }
        }
    }
    if (Test-Property $Node 'NullConditional') { Write-NodeFinding $Node 'null-conditional' }
    if (Test-Property $Node 'Background') { Write-NodeFinding $Node 'background' }
}

function Test-Command($Node) {
    $name = $Node.GetCommandName()
    if (-not $name) { return }
    $name = $name -replace '^.*\\', ''
    if ($data.Aliases.ContainsKey($name)) { $name = $data.Aliases[$name] }
    if ($data.Commands -contains $name) { Write-NodeFinding $Node 'command' }
    $newer = @(if ($data.Parameters.ContainsKey($name)) { $data.Parameters[$name] }) + @($data.Parameters['*'])
    $positional = 0
    for ($i = 1; $i -lt $Node.CommandElements.Count; $i++) {
        $element = $Node.CommandElements[$i]
        if ($element.GetType().Name -ne 'CommandParameterAst') { $positional++; continue }
        # A prefix of at least three letters may stand for the parameter.
        $given = $element.ParameterName
        $hit = @($newer | Where-Object { $_ -eq $given -or ($given.Length -ge 3 -and $data.OldParameters -notcontains $given -and $_ -like "$given*") })
        if ($hit.Count -gt 0) { Write-NodeFinding $element 'parameter' }
        $value = $element.Argument
        if ($null -eq $value -and $given -notin 'Resolve' -and $i + 1 -lt $Node.CommandElements.Count) { $value = $Node.CommandElements[$i + 1]; if ($value.GetType().Name -ne 'CommandParameterAst') { $i++ } }
        if ($given -like 'Enc*' -and $null -ne $value -and $data.EncodingNames -contains $value.Extent.Text.Trim("'", '"')) { Write-NodeFinding $value 'encoding-name' }
    }
    $splatted = @($Node.CommandElements | Where-Object { Test-Property $_ 'Splatted' }).Count
    if ($name -eq 'Join-Path' -and $splatted -eq 0 -and $positional -gt 2) { Write-NodeFinding $Node 'parameter' }
    if ($name -eq 'New-Object' -and $Node.CommandElements.Count -gt 1) { foreach ($e in $Node.CommandElements) { if ($e.GetType().Name -eq 'StringConstantExpressionAst') { Test-Type $Node $e.Value } } }
}

function Test-Member($Node) {
    if ($Node.Member.GetType().Name -ne 'StringConstantExpressionAst') { return }
    $member = $Node.Member.Value
    $call = $Node.GetType().Name -eq 'InvokeMemberExpressionAst'
    $arguments = @(if ($call -and $Node.Arguments) { $Node.Arguments })
    $first = if ($arguments.Count -gt 0 -and $arguments[0].GetType().Name -eq 'StringConstantExpressionAst') { $arguments[0].Value }
    if ($Node.Static -and $Node.Expression.GetType().Name -eq 'TypeExpressionAst') {
        $type = Get-ShortName $Node.Expression.TypeName.FullName
        if ($data.StaticMembers.ContainsKey($type) -and ($data.StaticMembers[$type] -contains $member -or $data.StaticMembers[$type] -contains '*')) { Write-NodeFinding $Node 'static-member' }
        if (($type -eq 'IO.File' -and $member -eq 'Move' -and $arguments.Count -gt 2) -or
            ($type -eq 'String' -and $member -eq 'Join' -and $arguments.Count -gt 0 -and $arguments[0].Extent.Text -match '^\[char\]') -or
            ($type -eq 'Enum' -and $member -eq 'TryParse' -and $arguments.Count -gt 0 -and $arguments[0].Extent.Text -match '^\(?\[')) { Write-NodeFinding $Node 'overload' }
        return
    }
    if ($data.InstanceMembers -contains $member) { Write-NodeFinding $Node 'instance-member' }
    if (-not $call) { return }
    $newOverload = switch ($member) {
        'Kill' { $arguments.Count -gt 0 }
        'Contains' { $arguments.Count -gt 1 }
        'Replace' { $arguments.Count -gt 2 }
        'Split' { $null -ne $first -and $first.Length -gt 1 }
        'ReadAsync' { $arguments.Count -in 1, 2 }
        'WriteAsync' { $arguments.Count -gt 0 -and $arguments[0].Extent.Text -match 'Memory' }
        'ReadLineAsync' { $arguments.Count -gt 0 }
        'ReadToEndAsync' { $arguments.Count -gt 0 }
        default { $false }
    }
    if ($newOverload) { Write-NodeFinding $Node 'overload' }
}

function Test-Use($Node) {
    switch ($Node.GetType().Name) {
        'CommandAst' { Test-Command $Node }
        'MemberExpressionAst' { Test-Member $Node }
        'InvokeMemberExpressionAst' { Test-Member $Node }
        'TypeExpressionAst' { Test-Type $Node $Node.TypeName.FullName }
        'TypeConstraintAst' { Test-Type $Node $Node.TypeName.FullName }
        'VariableExpressionAst' {
            $name = $Node.VariablePath.UserPath -replace '^(global|script|local|variable):', ''
            if ($data.PlatformVariables -contains $name) { Write-NodeFinding $Node 'platform-variable' }
            if ($data.Variables -contains $name) { Write-NodeFinding $Node 'variable' }
        }
        'AttributeAst' {
            if ($data.Attributes -contains ((Get-ShortName $Node.TypeName.FullName) -replace 'Attribute$', '')) { Write-NodeFinding $Node 'attribute' }
            if (@($Node.NamedArguments | Where-Object { $_.ArgumentName -eq 'ErrorMessage' }).Count -gt 0) { Write-NodeFinding $Node 'attribute' }
            if ($Node.TypeName.Name -eq 'ValidateRange' -and $Node.PositionalArguments.Count -eq 1) { Write-NodeFinding $Node 'attribute' }
        }
    }
}

function Test-Token($Token) {
    $text = $Token.Text
    $line = $Token.Extent.StartLineNumber
    switch -Regex ("$($Token.Kind)") {
        '^Number$' {
            if ($text -match '^[-+]?(0b|0x[0-9a-f]+(uy|us|ul|u|y|s|n)(kb|mb|gb|tb|pb)?$|[0-9.]+(e[-+]?[0-9]+)?(uy|us|ul|u|y|s|n)(kb|mb|gb|tb|pb)?$)') { Write-Finding $line 'number-literal' $text }
        }
        '^(StringExpandable|HereStringExpandable|Generic)$' {
            if ($text -match '(?<!`)(``)*`u\{') { Write-Finding $line 'unicode-escape' $text }
            if ($text -cmatch '(?<!`)(``)*`e') { Write-Finding $line 'escape-character' $text }
        }
    }
}

function Test-Source([string] $Source) {
    $tokens = $null
    $errors = $null
    $tree = [System.Management.Automation.Language.Parser]::ParseInput($Source, [ref] $tokens, [ref] $errors)
    foreach ($problem in @($errors)) { Write-Finding $problem.Extent.StartLineNumber 'parse-error' $problem.Message }
    foreach ($token in $tokens) { if ($texts -contains $token.Kind) { Test-Token $token } }
    # A class that is made of a text is a script too.
    $outer = $script:firstLine
    foreach ($token in @($tokens | Where-Object { "$($_.Kind)" -eq 'HereStringLiteral' -and $_.Value -match '(?m)^\s*class ' })) {
        $script:firstLine = $outer + $token.Extent.StartLineNumber
        Test-Source $token.Value
        $script:firstLine = $outer
    }
    # Most nodes are of neither kind: to look here takes a tenth of a call.
    foreach ($node in $tree.FindAll({ $true }, $true)) {
        $kind = $node.GetType().Name
        $script:looked = $null
        if ($syntax -contains $kind) { Test-Syntax $node }
        $script:looked = $node
        if ($use -contains $kind) { Test-Use $node }
    }
}

foreach ($name in [System.IO.File]::ReadAllLines($ListFile)) {
    $script:file = $name
    $script:firstLine = 1
    $bytes = [System.IO.File]::ReadAllBytes([System.IO.Path]::Combine($Root, $name))
    $marked = $bytes.Length -ge 3 -and $bytes[0] -eq 0xEF -and $bytes[1] -eq 0xBB -and $bytes[2] -eq 0xBF
    $source = [System.Text.Encoding]::UTF8.GetString($bytes).TrimStart([char] 0xFEFF)
    $other = [regex]::Match($source, '[^\x00-\x7F]')
    if ($other.Success -and -not $marked -and $name -notlike '*.ps1xml') {
        $line = $source.Substring(0, $other.Index).Split([char] 10).Length
        Write-Finding $line 'non-ascii-without-bom' ($source -split "`n")[$line - 1]
    }
    if ($name -notlike '*.ps1xml') { Test-Source $source; continue }
    foreach ($block in [regex]::Matches($source, '(?s)<(ScriptBlock|Script|GetScriptBlock|SetScriptBlock)>(.*?)</\1>')) {
        $script:firstLine = $source.Substring(0, $block.Groups[2].Index).Split([char] 10).Length
        Test-Source ([System.Net.WebUtility]::HtmlDecode($block.Groups[2].Value))
    }
}
ConvertTo-Json -InputObject @($script:found) -Depth 3
