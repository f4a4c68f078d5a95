function Start-CMSyncConnection {
    # Starts the relay (node dist/server/main.js stdio --parent PID) and gives the state of the conversation with it.
    [CmdletBinding()]
    [System.Diagnostics.CodeAnalysis.SuppressMessage('PSUseShouldProcessForStateChangingFunctions', '',
        Justification = 'The process belongs to this session and ends with it; reading commands need it too.')]
    [OutputType([hashtable])]
    param(
        $Caller
    )

    $main = [System.Environment]::GetEnvironmentVariable('CONFIGMGRSYNC_ENGINE_MAIN')
    if (-not $main) { $main = [System.IO.Path]::Combine($script:CMSyncModuleRoot, 'dist', 'server', 'main.js') }
    if (-not [System.IO.File]::Exists($main)) {
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'EngineNotBuilt' -Data @{ path = $main } -TargetObject $main))
    }
    $node = Find-CMSyncNode -Caller $Caller
    $words = @($main, 'stdio', '--parent', "$PID")
    if (Test-CMSyncCapturedSession) { $words += '--captured' }
    $start = [System.Diagnostics.ProcessStartInfo]::new($node, (ConvertTo-CMSyncArgument -Argument $words))
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.WorkingDirectory = $script:CMSyncModuleRoot
    try {
        $process = Start-CMSyncProcess -StartInfo $start
    } catch {
        $data = @{ site = $script:CMSyncSite.Label; reason = $_.Exception.Message }
        $Caller.ThrowTerminatingError((New-CMSyncErrorRecord -ErrorId 'EngineStartFailed' -Data $data -TargetObject $node))
    }
    @{
        Process     = $process
        Environment = Get-CMSyncEnvironmentMark
        NextId      = 1
        SiteKey     = $null
        SiteCode    = $null
        InstallDir  = $null
        Ended       = $null
        # The request that Send-CMSyncAhead has sent, and its answer when that came while another one was awaited.
        Ahead       = $null
        Input       = $process.StandardInput.BaseStream
        Output      = $process.StandardOutput.BaseStream
        Error       = $process.StandardError.BaseStream
        # Bytes that were read and not yet used, and the one read that is under way.
        Chunk       = [byte[]]::new(65536)
        ChunkStart  = 0
        ChunkEnd    = 0
        ReadTask    = $null
        Header      = ''
        Body        = $null
        BodyFilled  = 0
        ErrorChunk  = [byte[]]::new(4096)
        ErrorTask   = $null
        ErrorText   = ''
    }
}
