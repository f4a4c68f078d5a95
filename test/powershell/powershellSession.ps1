# Runs the scripts that its caller names one after the other, each in a runspace of its own: what one script leaves behind in
# variables, modules, drives and the environment is not there for the next.
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Address
)

$console = $Host
$kept = 'PSExecutionPolicyPreference'

function Use-ProcessEnvironment($Wanted) {
    $names = @($Wanted.PSObject.Properties.Name)
    foreach ($name in @([System.Environment]::GetEnvironmentVariables().Keys)) {
        if ($name -notin $names -and $name -ne $kept) { [System.Environment]::SetEnvironmentVariable($name, $null) }
    }
    foreach ($entry in $Wanted.PSObject.Properties) { [System.Environment]::SetEnvironmentVariable($entry.Name, $entry.Value) }
}

# As the console does with what is left at the end of a pipeline.
function Invoke-Pipeline($Space, $Command) {
    $pipeline = $Space.CreatePipeline()
    try {
        $pipeline.Commands.Add($Command)
        $shown = [System.Management.Automation.Runspaces.Command]::new('Out-Default', $false, $true)
        $shown.MergeUnclaimedPreviousCommandResults = 'Error, Output'
        $pipeline.Commands.Add($shown)
        [void] $pipeline.Invoke()
    } finally {
        $pipeline.Dispose()
    }
}

function Get-ScriptCommand($Text) {
    [System.Management.Automation.Runspaces.Command]::new($Text, $true, $false)
}

function Show-Failure($Space, $Failure) {
    $cause = $Failure.Exception
    $wrapper = [System.Management.Automation.MethodInvocationException]
    while ($cause -isnot [System.Management.Automation.IContainsErrorRecord] -or $cause -is $wrapper) {
        if ($null -eq $cause.InnerException) { break }
        $cause = $cause.InnerException
    }
    $record = $Failure
    if ($cause -is [System.Management.Automation.IContainsErrorRecord]) { $record = $cause.ErrorRecord }
    $command = Get-ScriptCommand 'param($Record) [System.Console]::Error.WriteLine(($Record | Out-String).TrimEnd())'
    $command.Parameters.Add('Record', $record)
    Invoke-Pipeline $Space $command
}

function Invoke-Request($Request) {
    Use-ProcessEnvironment $Request.env
    [System.TimeZoneInfo]::ClearCachedData()
    [System.Environment]::CurrentDirectory = $Request.cwd
    $space = [runspacefactory]::CreateRunspace($console, [initialsessionstate]::CreateDefault2())
    $space.Open()
    try {
        Invoke-Pipeline $space ([System.Management.Automation.Runspaces.Command]::new($Request.file, $false, $false))
        0
    } catch {
        Show-Failure $space $_
        1
    } finally {
        # At the end of a process its engine would lose the other end of its pipes.
        Invoke-Pipeline $space (Get-ScriptCommand 'Remove-Module ConfigMgrSync -Force -ErrorAction Ignore')
        $space.Dispose()
    }
}

$pipe = [System.IO.Pipes.NamedPipeClientStream]::new('.', $Address, [System.IO.Pipes.PipeDirection]::InOut)
$pipe.Connect(60000)
$reader = [System.IO.StreamReader]::new($pipe, [System.Text.UTF8Encoding]::new($false))
while ($null -ne ($line = $reader.ReadLine())) {
    $request = ConvertFrom-Json -InputObject $line
    $code = Invoke-Request $request
    foreach ($writer in [System.Console]::Out, [System.Console]::Error) {
        $writer.Write("$($request.mark) $code`n")
        $writer.Flush()
    }
}
