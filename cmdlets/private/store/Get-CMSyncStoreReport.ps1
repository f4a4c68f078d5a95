function Get-CMSyncStoreReport {
    # A whole check: part after part is asked for, each answer says what comes next.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.StoreReport')]
    param(
        [switch] $Quick,

        [string] $SiteCode,

        [Parameter(Mandatory = $true)]
        $Caller
    )

    $activity = 'Checking the site'
    $findings = New-Object -TypeName 'System.Collections.Generic.List[object]'
    $sum = @{ files = 0; transactions = 0; documents = 0; orphanedBytes = [long] 0 }
    $offline = $false
    $params = @{ quick = [bool] $Quick }
    do {
        $part = Invoke-CMSyncMethod -Method 'store/check' -Params $params -SiteCode $SiteCode -Caller $Caller
        if ($null -eq $part) { return }
        foreach ($finding in $part.findings) { $findings.Add((ConvertTo-CMSyncObject -Kind 'StoreFinding' -InputObject $finding)) }
        foreach ($name in @($sum.Keys)) { $sum[$name] += $part.$name }
        $offline = $offline -or $part.offline
        $percent = if ($part.documentsInAll -gt 0) { [System.Math]::Min(100, [int] (100 * $sum.documents / $part.documentsInAll)) } else { 100 }
        Write-Progress -Activity $activity -Status "$($sum.documents) of $($part.documentsInAll) documents" -PercentComplete $percent
        $params.after = $part.next
    } while ($null -ne $part.next)
    Write-Progress -Activity $activity -Completed
    [pscustomobject]@{
        PSTypeName    = 'ConfigMgrSync.StoreReport'
        Healthy       = @($findings | Where-Object { $_.Severity -eq 'Damage' }).Count -eq 0
        Offline       = $offline
        Files         = [int] $sum.files
        Transactions  = [int] $sum.transactions
        Documents     = [int] $sum.documents
        OrphanedBytes = [long] $sum.orphanedBytes
        Findings      = [object[]] $findings.ToArray()
    }
}
