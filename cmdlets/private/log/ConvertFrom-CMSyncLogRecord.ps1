function ConvertFrom-CMSyncLogRecord {
    # A record of a log as an object, in the framing of site servers ("text~  $$<COMPONENT><date><thread>") or in that of clients
    # ("<![LOG[text]LOG]!><time=... type=...>"). The first has no severity: as CMTrace colours it, the words decide. What is in
    # neither framing is text without a time.
    [CmdletBinding()]
    [OutputType('ConfigMgrSync.LogEntry')]
    param(
        [string] $Record,

        [string] $Path
    )

    $site = '(?s)^(?<text>.*?)~?  \$\$<(?<component>[^>]*)><(?<month>\d+)-(?<day>\d+)-(?<year>\d{4}) (?<clock>\d\d:\d\d:\d\d\.\d{3})' +
        '(?<bias>[+-]\d+)><thread=(?<thread>\d+)[^>]*>\s*$'
    $client = '(?s)^<!\[LOG\[(?<text>.*)\]LOG\]!><time="(?<clock>\d\d:\d\d:\d\d\.\d{3})\d*(?<bias>[+-]\d+)" ' +
        'date="(?<month>\d+)-(?<day>\d+)-(?<year>\d{4})" component="(?<component>[^"]*)" context="[^"]*" type="(?<type>\d)" ' +
        'thread="(?<thread>\d+)"(?: file="(?<file>[^"]*)")?'
    $found = if ($Record.StartsWith('<![LOG[')) { [regex]::Match($Record, $client) } else { [regex]::Match($Record, $site) }
    $text = if ($found.Success) { $found.Groups['text'].Value.Replace('~~', "`n") } else { $Record }
    $part = { param($name) $found.Groups[$name].Value }
    $time = $null
    if ($found.Success) {
        $stamp = '{0}-{1:00}-{2:00}T{3}' -f (& $part 'year'), [int] (& $part 'month'), [int] (& $part 'day'), (& $part 'clock')
        $styles = [System.Globalization.DateTimeStyles] 'AssumeUniversal, AdjustToUniversal'
        $wall = [datetime]::MinValue
        if ([datetime]::TryParse($stamp, [System.Globalization.CultureInfo]::InvariantCulture, $styles, [ref] $wall)) {
            $time = $wall.AddMinutes([int] (& $part 'bias')).ToLocalTime()
        }
    }
    $severity = switch (& $part 'type') { '1' { 'Information' } '2' { 'Warning' } '3' { 'Error' } default { '' } }
    if (-not $severity) {
        $words = $text -replace '(?i)\b(failed|errors?): ?0\b'
        if ($text -match '^STATMSG: .*?\bSEV=(?<letter>[EWI])\b') {
            $severity = @{ E = 'Error'; W = 'Warning'; I = 'Information' }[$Matches['letter']]
        } elseif ($words -match '\b(errors?|fail(s|ed|ures?)?)\b') {
            $severity = 'Error'
        } elseif ($words -match '\bwarnings?\b') {
            $severity = 'Warning'
        } else {
            $severity = 'Information'
        }
    }
    [pscustomobject]@{
        PSTypeName = 'ConfigMgrSync.LogEntry'
        Time       = $time
        Severity   = $severity
        Component  = & $part 'component'
        Thread     = [uint32] ('0' + (& $part 'thread'))
        Text       = $text
        Source     = & $part 'file'
        Path       = $Path
    }
}
