# Starts the engine through the system itself: it then inherits nothing of whoever asked for it, neither pipes that
# somebody reads to their end nor a job that ends all its processes. Gives the process id.
function Invoke-CMSyncEngineStart {
    [CmdletBinding()]
    [OutputType([int])]
    param([Parameter(Mandatory = $true)] $Given)

    $startup = New-CimInstance -ClassName Win32_ProcessStartup -ClientOnly -Property @{
        # Without a console, and so without a window.
        CreateFlags          = [uint32] 8
        ShowWindow           = [uint16] 0
        EnvironmentVariables = [string[]] $Given.environment
    }
    $made = Invoke-CimMethod -ClassName Win32_Process -MethodName Create -Arguments @{
        CommandLine               = [string] $Given.commandLine
        CurrentDirectory          = [string] $Given.folder
        ProcessStartupInformation = $startup
    }
    if ($made.ReturnValue -ne 0) { throw "Win32_Process.Create gave $($made.ReturnValue)" }
    [int] $made.ProcessId
}
