function Get-CMSyncCompletionName {
    # The names of a kind out of completion.json of the site folders, which the engine keeps (server/engine/CompletionFile.ts).
    # A file that cannot be read completes nothing: an error in the middle of typing helps nobody.
    [CmdletBinding()]
    [OutputType([string])]
    param(
        [string[]] $Kind,

        [string] $SiteCode
    )

    foreach ($folder in Get-CMSyncCompletionFolder -SiteCode $SiteCode) {
        $file = [System.IO.Path]::Combine($folder, 'completion.json')
        if (-not [System.IO.File]::Exists($file)) { continue }
        try {
            $names = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($file))
        } catch {
            Write-Verbose -Message "$file cannot be read: $($_.Exception.Message)"
            continue
        }
        foreach ($one in $Kind) {
            # A run as its number and, after a tab, what it was.
            if ($one -ne 'Run') { $names.$one; continue }
            foreach ($run in $names.Run) {
                $started = (ConvertFrom-CMSyncTime -InputObject $run.StartTime).ToString('g')
                "$($run.Id)`t$($run.State), started $started"
            }
        }
    }
}
