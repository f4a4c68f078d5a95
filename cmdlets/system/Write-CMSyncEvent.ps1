# Writes to the Application log. The source is there once an administrator has written the first event, so that an
# account without rights in the registry can write the others.
function Write-CMSyncEvent {
    [CmdletBinding()]
    param([Parameter(Mandatory = $true)] $Given)

    $sources = 'HKLM:\SYSTEM\CurrentControlSet\Services\EventLog\Application'
    if (-not (Test-Path -LiteralPath (Join-Path -Path $sources -ChildPath $Given.source))) {
        [System.Diagnostics.EventLog]::CreateEventSource($Given.source, 'Application')
    }
    $level = [System.Diagnostics.EventLogEntryType] $Given.level
    [System.Diagnostics.EventLog]::WriteEntry($Given.source, $Given.text, $level, [int] $Given.id)
}
