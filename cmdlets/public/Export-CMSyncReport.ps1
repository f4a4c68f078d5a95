function Export-CMSyncReport {
    <#
    .SYNOPSIS
    Writes a report of what changed since a time into a file.

    .DESCRIPTION
    The report says how the site and the sites below it are, when the next synchronization starts, which synchronizations ended
    in the time and which of them failed, and which updates were added, revised, superseded, expired or removed. An update that
    several synchronizations changed is in it once for each kind of change.

    Html is one file with everything in it: it loads nothing and has no script, so that you can open it anywhere and attach it to a
    mail. Text is for the body of a mail. Csv has a row for each changed update, for spreadsheets. Json has everything as data.

    At most 5000 updates and 1000 synchronizations are in a report. The changes of the newest thousand synchronizations are recorded.
    A warning says what is missing.

    .PARAMETER Path
    The file to write.

    .PARAMETER Since
    Synchronizations that ended at or after this time. Default: seven days ago.

    .PARAMETER Days
    Synchronizations that ended in this number of days.

    .PARAMETER Format
    Html, Csv, Json or Text. Default: the format of the file name extension (.csv, .json, .txt), otherwise Html.

    .PARAMETER Force
    Replaces an existing file.

    .PARAMETER SiteCode
    The site, by its three-character code. Default: the site of the session.

    .EXAMPLE
    PS> Export-CMSyncReport -Path E:\week.html

    What the last seven days brought, as a page.

    .EXAMPLE
    PS> Export-CMSyncReport -Path E:\patchday.csv -Since '2026-11-10' -Force

    What changed since a Patch Tuesday, as a list for a spreadsheet.

    .EXAMPLE
    PS> Export-CMSyncReport -Path E:\day.txt -Days 1 -Force

    What changed in a day, as a text for the body of a mail.

    .INPUTS
    IResultObject#SMS_Site

    .OUTPUTS
    System.IO.FileInfo

    .LINK
    https://learn.microsoft.com/intune/configmgr/sum/deploy-use/monitor-software-updates

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSyncHealth

    .LINK
    Get-CMSyncChange
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'ByDays', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/intune/configmgr/sum/deploy-use/monitor-software-updates')]
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [Parameter(ParameterSetName = 'BySince', Mandatory = $true)]
        [datetime] $Since,

        [Parameter(ParameterSetName = 'ByDays')]
        [ValidateRange(1, 36500)]
        [int] $Days = 7,

        [ValidateSet('Html', 'Csv', 'Json', 'Text')]
        [string] $Format,

        [switch] $Force,

        [Parameter(ValueFromPipelineByPropertyName = $true)]
        [string] $SiteCode
    )

    process {
        $file = Resolve-CMSyncPath -Path $Path -Caller $PSCmdlet
        if (-not $PSCmdlet.ShouldProcess($file, "Export a report of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)")) { return }
        $form = $Format
        if (-not $form) {
            $form = switch ([System.IO.Path]::GetExtension($file)) { '.csv' { 'Csv' } '.json' { 'Json' } '.txt' { 'Text' } default { 'Html' } }
        }
        $from = if ($PSBoundParameters.ContainsKey('Since')) { $Since } else { (Get-Date).AddDays(-$Days) }
        $params = @{ since = ConvertTo-CMSyncTime -InputObject $from; format = $form }
        $report = Invoke-CMSyncMethod -Method 'report/get' -Params $params -SiteCode $SiteCode -Caller $PSCmdlet
        if ($null -eq $report) { return }
        foreach ($warning in $report.warnings) { $PSCmdlet.WriteWarning($warning) }
        if (-not (Save-CMSyncText -Path $file -Text $report.text -Force:$Force -Caller $PSCmdlet)) { return }
        Get-CMSyncFileItem -Path $file
    }
}
