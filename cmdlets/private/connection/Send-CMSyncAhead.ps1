function Send-CMSyncAhead {
    # Asks for what the caller will want next, so that the engine works while the caller makes objects of what it has. The request
    # is the caller's when it asks with the same hashtable; an answer that nobody takes is dropped.
    [CmdletBinding()]
    [OutputType([void])]
    param(
        [string] $Method,

        [hashtable] $Params
    )

    $connection = $script:CMSyncConnection
    if ($null -eq $connection -or $connection.Ended) { return }
    $connection.Ahead = @{ Id = ($connection.NextId++); Params = $Params; Message = $null }
    Send-CMSyncMessage -Connection $connection -Message @{ jsonrpc = '2.0'; id = $connection.Ahead.Id; method = $Method; params = $Params }
}
