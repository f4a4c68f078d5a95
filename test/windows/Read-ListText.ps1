function Read-ListText {
    # Owner of an access list in the text form of Windows, which is the same in all languages, and who may change something beside
    # the trusted: accounts are SIDs, or the two letters that Windows writes for known ones.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string] $Text,

        [string[]] $Trusted = @('BA', 'SY', 'S-1-5-32-544', 'S-1-5-18')
    )

    $owner = if ($Text -match '^O:(S-[\d-]+|[A-Z]{2})') { $Matches[1] } else { 'nobody' }
    $all = 'FA', 'FW', 'GA', 'GW', 'SD', 'WD', 'WO', 'CC', 'DC', 'LC', 'WP', 'DT'
    $writers = foreach ($found in [regex]::Matches($Text, '\(A;([A-Z]*);([^;]*);[^;]*;[^;]*;([^)]+)\)')) {
        $rights = $found.Groups[2].Value
        # Write, add, delete, change the list or the owner, all.
        $writes = if ($rights -match '^0x') { ([Convert]::ToInt64($rights, 16) -band 0x500D0156) -ne 0 } else {
            @([regex]::Matches($rights, '..') | Where-Object { $all -contains $_.Value }).Count -gt 0
        }
        if ($writes -and $Trusted -notcontains $found.Groups[3].Value) { $found.Groups[3].Value }
    }
    "$owner $(@($writers | Select-Object -Unique).Count)"
}
