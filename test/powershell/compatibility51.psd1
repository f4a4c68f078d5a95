# What Windows PowerShell 5.1 on .NET Framework 4.7.2 does not have. Read by compatibility51.ps1.
@{
    # Parameters that came after 5.1, by cmdlet. '*' means every command.
    Parameters = @{
        '*'                           = 'ProgressAction'
        'Add-Content'                 = 'AsByteStream'
        'ConvertFrom-Json'            = 'AsHashtable', 'Depth', 'NoEnumerate', 'DateKind'
        'ConvertFrom-SecureString'    = 'AsPlainText'
        'ConvertFrom-StringData'      = 'Delimiter'
        'ConvertTo-Csv'               = 'UseQuotes', 'QuoteFields', 'IncludeTypeInformation', 'NoHeader'
        'ConvertTo-Json'              = 'AsArray', 'EnumsAsStrings', 'EscapeHandling'
        'Export-Csv'                  = 'UseQuotes', 'QuoteFields', 'IncludeTypeInformation', 'NoHeader'
        'ForEach-Object'              = 'Parallel', 'ThrottleLimit', 'TimeoutSeconds', 'AsJob', 'UseNewRunspace'
        'Get-ChildItem'               = 'FollowSymlink'
        'Get-Command'                 = 'UseFuzzyMatching', 'UseAbbreviationExpansion'
        'Get-Content'                 = 'AsByteStream'
        'Get-Date'                    = 'AsUTC', 'UnixTimeSeconds'
        'Get-Random'                  = 'Shuffle'
        'Import-Module'               = 'UseWindowsPowerShell', 'SkipEditionCheck'
        'Import-PowerShellDataFile'   = 'SkipLimitCheck'
        'Invoke-RestMethod'           = 'SkipCertificateCheck', 'AllowUnencryptedAuthentication', 'Authentication', 'Token', 'Form', 'NoProxy', 'SslProtocol',
            'MaximumRetryCount', 'RetryIntervalSec', 'SkipHttpErrorCheck', 'StatusCodeVariable', 'ResponseHeadersVariable',
            'FollowRelLink', 'HttpVersion', 'CustomMethod', 'SkipHeaderValidation', 'PreserveAuthorizationOnRedirect',
            'Resume', 'UnixSocket', 'ConnectionTimeoutSeconds', 'OperationTimeoutSeconds'
        'Invoke-WebRequest'           = 'SkipCertificateCheck', 'AllowUnencryptedAuthentication', 'Authentication', 'Token', 'Form', 'NoProxy', 'SslProtocol',
            'MaximumRetryCount', 'RetryIntervalSec', 'SkipHttpErrorCheck', 'HttpVersion', 'CustomMethod', 'SkipHeaderValidation',
            'PreserveAuthorizationOnRedirect', 'Resume', 'UnixSocket', 'ConnectionTimeoutSeconds', 'OperationTimeoutSeconds'
        'Join-Path'                   = 'AdditionalChildPath', 'Extension'
        'Measure-Object'              = 'AllStats', 'StandardDeviation'
        'New-Guid'                    = 'InputObject', 'Empty'
        'Out-String'                  = 'NoNewline'
        'Register-ArgumentCompleter'  = 'NativeFallback'
        'Resolve-Path'                = 'RelativeBasePath', 'Force'
        'Select-Object'               = 'SkipIndex', 'CaseInsensitive'
        'Select-String'               = 'NoEmphasis', 'Raw', 'Culture'
        'Set-Content'                 = 'AsByteStream'
        'Sort-Object'                 = 'Stable', 'Top', 'Bottom'
        'Split-Path'                  = 'LeafBase', 'Extension'
        'Start-Job'                   = 'WorkingDirectory'
        'Start-Process'               = 'Environment'
        'Start-Sleep'                 = 'Duration'
        'Where-Object'                = 'Not'
    }
    # Parameters of 5.1 that read like the beginning of a newer one.
    OldParameters = 'Leaf', 'Skip', 'Relative'
    Aliases = @{
        '%' = 'ForEach-Object'; 'foreach' = 'ForEach-Object'; '?' = 'Where-Object'; 'where' = 'Where-Object'; 'gc' = 'Get-Content'; 'cat' = 'Get-Content'
        'type' = 'Get-Content'; 'gci' = 'Get-ChildItem'; 'dir' = 'Get-ChildItem'; 'ls' = 'Get-ChildItem'; 'select' = 'Select-Object'; 'sort' = 'Sort-Object'
        'measure' = 'Measure-Object'; 'sls' = 'Select-String'; 'sajb' = 'Start-Job'; 'saps' = 'Start-Process'; 'start' = 'Start-Process'
        'irm' = 'Invoke-RestMethod'; 'iwr' = 'Invoke-WebRequest'; 'ipmo' = 'Import-Module'; 'gcm' = 'Get-Command'; 'rvpa' = 'Resolve-Path'; 'sleep' = 'Start-Sleep'
    }
    Commands = 'Test-Json', 'Get-Error', 'Start-ThreadJob', 'Join-String', 'Get-Uptime', 'Remove-Alias', 'Remove-Service', 'ConvertFrom-Markdown', 'Show-Markdown',
        'Get-SecureRandom', 'New-TemporaryDirectory', 'ConvertTo-CliXml', 'ConvertFrom-CliXml', 'Switch-Process', 'Get-ExperimentalFeature',
        'Enable-ExperimentalFeature', 'Disable-ExperimentalFeature', 'Get-PSSubsystem', 'Install-PSResource', 'Find-PSResource'
    EncodingNames = 'utf8NoBOM', 'utf8BOM', 'ansi'
    Variables = 'PSStyle', 'EnabledExperimentalFeatures', 'PSNativeCommandArgumentPassing', 'PSNativeCommandUseErrorActionPreference'
    PlatformVariables = 'IsWindows', 'IsLinux', 'IsMacOS', 'IsCoreCLR'
    # Types without 'System.'; a trailing '*' stands for a whole namespace.
    Types = 'HashCode', 'Index', 'Range', 'Span', 'ReadOnlySpan', 'Memory', 'ReadOnlyMemory', 'DateOnly', 'TimeOnly', 'Half', 'Int128', 'UInt128', 'MemoryExtensions',
        'semver', 'Management.Automation.SemanticVersion', 'Management.Automation.OrderedHashtable', 'Management.Automation.PSStyle', 'ValidateRangeKind',
        'Management.Automation.ValidateRangeKind', 'Text.Json.*', 'Text.Rune', 'Threading.Channels.*', 'Threading.PeriodicTimer', 'Threading.Lock', 'Buffers.*',
        'Net.Http.SocketsHttpHandler', 'Net.Sockets.UnixDomainSocketEndPoint', 'IO.UnixFileMode', 'IO.EnumerationOptions', 'IO.RandomAccess', 'Formats.*',
        'Runtime.InteropServices.NativeLibrary', 'Runtime.InteropServices.PosixSignalRegistration', 'Collections.Generic.PriorityQueue', 'Numerics.BitOperations',
        'Security.Cryptography.AesGcm', 'Security.Cryptography.CryptographicOperations', 'Diagnostics.ActivitySource', 'Collections.Frozen.*', 'TimeProvider',
        'IO.Compression.BrotliStream', 'IO.Compression.ZLibStream', 'IO.Hashing.*', 'Collections.Immutable.*'
    Attributes = 'ArgumentCompletions', 'ValidateNotNullOrWhiteSpace', 'Experimental'
    # Static members, types without 'System.'; '*' is every static member.
    StaticMembers = @{
        'Array'                                 = 'Fill', 'MaxLength'
        'Convert'                               = 'ToHexString', 'FromHexString', 'ToHexStringLower', 'TryFromBase64String', 'TryToBase64Chars'
        'DateTime'                              = 'UnixEpoch'
        'DateTimeOffset'                        = 'UnixEpoch'
        'Environment'                           = 'ProcessId', 'ProcessPath', 'TickCount64', 'IsPrivilegedProcess', 'CpuUsage'
        'Guid'                                  = 'CreateVersion7', 'AllBitsSet'
        'IO.Directory'                          = 'CreateTempSubdirectory', 'CreateSymbolicLink', 'ResolveLinkTarget'
        'IO.File'                               = 'ReadAllTextAsync', 'WriteAllTextAsync', 'ReadAllBytesAsync', 'WriteAllBytesAsync', 'ReadAllLinesAsync', 'WriteAllLinesAsync',
            'AppendAllTextAsync', 'AppendAllLinesAsync', 'ReadLinesAsync', 'AppendAllBytes', 'CreateSymbolicLink', 'ResolveLinkTarget',
            'SetUnixFileMode', 'GetUnixFileMode', 'OpenHandle'
        'IO.Path'                               = 'GetRelativePath', 'TrimEndingDirectorySeparator', 'EndsInDirectorySeparator', 'Join', 'TryJoin', 'IsPathFullyQualified', 'Exists'
        'IO.Pipes.PipeOptions'                  = 'CurrentUserOnly', 'FirstPipeInstance'
        'Linq.Enumerable'                       = 'Chunk', 'DistinctBy', 'MaxBy', 'MinBy', 'TakeLast', 'SkipLast', 'UnionBy', 'ExceptBy', 'IntersectBy', 'CountBy', 'Order', 'Index'
        'Math'                                  = 'Clamp', 'Cbrt', 'Log2', 'BitIncrement', 'BitDecrement', 'FusedMultiplyAdd', 'ScaleB'
        'OperatingSystem'                       = '*'
        'Random'                                = 'Shared'
        'Security.Cryptography.MD5'             = 'HashData', 'HashDataAsync', 'TryHashData'
        'Security.Cryptography.RandomNumberGenerator' = 'Fill', 'GetBytes', 'GetInt32', 'GetHexString', 'GetString', 'GetItems', 'Shuffle'
        'Security.Cryptography.SHA1'            = 'HashData', 'HashDataAsync', 'TryHashData'
        'Security.Cryptography.SHA256'          = 'HashData', 'HashDataAsync', 'TryHashData'
        'Security.Cryptography.SHA512'          = 'HashData', 'HashDataAsync', 'TryHashData'
        'String'                                = 'Create'
        'StringComparer'                        = 'FromComparison'
        'StringSplitOptions'                    = 'TrimEntries'
        'Text.Encoding'                         = 'Latin1', 'CreateTranscodingStream'
        'Text.RegularExpressions.Regex'         = 'Count', 'EnumerateMatches', 'EnumerateSplits'
        'Threading.Tasks.Task'                  = 'WhenEach'
    }
    # Members of objects, whose type the syntax does not tell; these names exist on nothing that 5.1 scripts use.
    InstanceMembers = 'WaitForExitAsync', 'WaitAsync', 'ArgumentList', 'StandardInputEncoding', 'DisposeAsync', 'ReplaceLineEndings', 'EnumerateRunes', 'AsSpan', 'AsMemory',
        'EnsureCapacity', 'GetChunks', 'AppendJoin', 'TryWriteBytes', 'TotalNanoseconds', 'TotalMicroseconds', 'Nanosecond', 'Microsecond', 'UnixFileMode', 'LinkTarget',
        'ResolveLinkTarget', 'CreateAsSymbolicLink', 'ReadExactly', 'ReadExactlyAsync', 'ReadAtLeast'
}
