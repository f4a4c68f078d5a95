function Complete-CMSyncArgument {
    # The values that a parameter of one of our commands can be completed with: those that begin with what was typed, then those
    # that contain it. Called by the argument completer that the module registers; never starts an engine.
    [CmdletBinding()]
    [OutputType([System.Management.Automation.CompletionResult])]
    param(
        [string] $ParameterName,

        [string] $WordToComplete,

        # What is bound so far on the line that is being typed.
        [System.Collections.IDictionary] $Bound
    )

    $most = 200
    $typed = $WordToComplete.Trim("'", '"')
    $categories = 'Product', 'ProductFamily', 'Company', 'UpdateClassification'
    $kind = switch -Regex ($ParameterName) {
        '^(Add|Remove|Set)?(Product|ProductFamily|Company|UpdateClassification)$' { $ParameterName -replace '^(Add|Remove|Set)'; break }
        '^Vendor$' { 'Company'; break }
        '^(Add|Remove)Language(SummaryDetail|UpdateFile)$' { 'Language'; break }
        'ServerName$|^DefaultWsusServer$' { 'SoftwareUpdatePoint'; break }
        '^ArticleId$' { 'ArticleId'; break }
        '^Classification$' { 'UpdateClassification'; break }
        '^(Id|Run)$' { 'Run'; break }
        '^Name$' { if ($Bound['TypeName'] -in $categories) { $Bound['TypeName'] } else { $categories }; break }
        '^CategoryName$' { $categories; break }
    }
    $names = if ($ParameterName -match 'SiteCode$') {
        Get-CMSyncCompletionFolder -All | ForEach-Object { [System.IO.Path]::GetFileName($_) } | Sort-Object
    } else {
        Get-CMSyncCompletionName -Kind $kind -SiteCode ([string] $Bound['SiteCode'])
    }
    if ($ParameterName -match '^Remove(Product|ProductFamily|Company|UpdateClassification)$') {
        # What is subscribed; a file of an older version says nothing of that.
        $prefix = $Matches[1] + ':'
        $subscribed = @(Get-CMSyncCompletionName -Kind 'Subscribed' -SiteCode ([string] $Bound['SiteCode']) |
                Where-Object { $_ -and $_.StartsWith($prefix) } | ForEach-Object { $_.Substring($prefix.Length) })
        if ($subscribed.Count -gt 0) { $names = $subscribed }
    }
    $ignoring = [System.StringComparison]::OrdinalIgnoreCase
    $begin = [System.Collections.Generic.List[string]]::new()
    $within = [System.Collections.Generic.List[string]]::new()
    $isPattern = [System.Management.Automation.WildcardPattern]::ContainsWildcardCharacters($typed)
    foreach ($name in $names) {
        $at = if (-not $isPattern) { $name.IndexOf($typed, $ignoring) } elseif ($name -like "$typed*") { 0 } else { -1 }
        if ($at -eq 0) { $begin.Add($name) } elseif ($at -gt 0) { $within.Add($name) }
    }
    $begin.AddRange($within)
    foreach ($found in $begin | Select-Object -Unique -First $most) {
        $name, $said = $found.Split("`t")
        $tip = if ($said) { "$name  $said" } else { $name }
        $text = $name
        if ($name -notmatch '^\w[\w.-]*$') {
            $text = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($name) + "'"
        }
        [System.Management.Automation.CompletionResult]::new($text, $tip, 'ParameterValue', $tip)
    }
}
