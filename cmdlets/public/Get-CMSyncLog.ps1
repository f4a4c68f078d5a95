function Get-CMSyncLog {
    <#
    .SYNOPSIS
    Reads wsyncmgr.log, or another log, as objects.

    .DESCRIPTION
    Returns the entries of the site's log, the oldest first, with Time (local), Severity, Component, Thread and Text. The log that
    was rolled over (wsyncmgr.lo_) comes first. Both formats that CMTrace reads are supported: that of site servers and, with
    -Path, that of clients and most scripts. The first has no severity, so it is taken from the text, as in CMTrace. The files are read
    without the engine; only -Run needs it. Filters combine with AND.

    .PARAMETER Tail
    At most this many entries, the last ones that match the filters.

    .PARAMETER Follow
    Continues and returns new entries as they are written, even if the log is rolled over, until Ctrl+C or until the next command
    in the pipeline has enough.

    .PARAMETER Component
    Only entries of these components. * and ? stand for other characters.

    .PARAMETER Severity
    Only entries of these severities.

    .PARAMETER StartTime
    Only entries at or after this time.

    .PARAMETER EndTime
    Only entries before this time.

    .PARAMETER Run
    Only entries of this synchronization: from its start to the start of the next one.

    .PARAMETER SiteCode
    The site whose log is read. Default: the site of the session.

    .PARAMETER Path
    Another log. The rolled-over log beside it (.lo_) is read too.

    .EXAMPLE
    PS> Get-CMSyncLog -Tail 20

    The last 20 entries.

    .EXAMPLE
    PS> Get-CMSyncLog -Severity Error, Warning -StartTime (Get-Date).AddDays(-1)

    What went wrong since yesterday.

    .EXAMPLE
    PS> Get-CMSyncLog -Tail 1 -Follow | Where-Object Text -like '*processed*'

    Watches the progress of a synchronization in the log.

    .OUTPUTS
    ConfigMgrSync.LogEntry

    .LINK
    https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/log-files

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncRun
    #>
    [CmdletBinding(DefaultParameterSetName = 'Site', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/core/plan-design/hierarchy/log-files')]
    [OutputType('ConfigMgrSync.LogEntry')]
    param(
        [ValidateRange(0, 2147483647)]
        [int] $Tail,

        [switch] $Follow,

        [SupportsWildcards()]
        [string[]] $Component,

        [ValidateSet('Error', 'Warning', 'Information')]
        [string[]] $Severity,

        [datetime] $StartTime,

        [datetime] $EndTime,

        [Parameter(ParameterSetName = 'Site', ValueFromPipelineByPropertyName = $true)]
        [Alias('Id', 'RunId')]
        [ValidateRange(1, 2147483647)]
        [int] $Run,

        [Parameter(ParameterSetName = 'Site', ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode,

        [Parameter(ParameterSetName = 'Path', Mandatory = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [string] $Path
    )

    process {
        Assert-CMSyncLanguageMode
        $file = if ($Path) { Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet } else {
            $folder = Get-CMSyncSiteFolder -SiteCode $SiteCode -Caller $PSCmdlet
            if ($null -eq $folder) { return }
            [System.IO.Path]::Combine($folder, 'Logs', 'wsyncmgr.log')
        }
        $state = @{ Path = $file; Older = [System.IO.Path]::ChangeExtension($file, '.lo_'); Position = [long] 0 }
        $state.Filter = Resolve-CMSyncLogFilter -BoundParameters $PSBoundParameters -Caller $PSCmdlet
        if ($null -eq $state.Filter) { return }
        $state.OlderMark = Get-CMSyncFileMark -Path $state.Older
        $exists = [System.IO.File]::Exists($file) -or [System.IO.File]::Exists($state.Older)
        if (-not $exists -and -not $Follow) {
            return Write-CMSyncError -ErrorId 'LogNotFound' -Data @{ path = $file } -TargetObject $file -Caller $PSCmdlet
        }
        $limited = $PSBoundParameters.ContainsKey('Tail')
        $last = [System.Collections.Generic.Queue[psobject]]::new()
        foreach ($source in @($state.Older, $file | Select-Object -Unique)) {
            Read-CMSyncLogEntry -State $state -Path $source -Position 0 | ForEach-Object {
                if (-not $limited) { return $_ }
                $last.Enqueue($_)
                if ($last.Count -gt $Tail) { [void] $last.Dequeue() }
            }
        }
        $last.ToArray()
        if ($Follow) { Watch-CMSyncLog -State $state }
    }
}
