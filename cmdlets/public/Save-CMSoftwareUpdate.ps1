function Save-CMSoftwareUpdate {
    <#
    .SYNOPSIS
    Downloads the files of software updates into a folder of the site.

    .DESCRIPTION
    Here a deployment package is a folder: Packages\<DeploymentPackageName> of the site folder, with one folder for each update that
    has files. Each file comes from -Location, else from the content folder of the upstream server, else from the address that the upstream
    gives for Microsoft, with the proxy and the certificates of the component. Its SHA-1 is verified. Existing files
    are not fetched again, so an interrupted command continues. A file that cannot be downloaded is an error of its own and
    does not stop the others. Nothing is distributed to clients, and IsContentProvisioned of the update stays $false.

    .PARAMETER DeploymentPackageName
    Name of the package: one folder name. The folder is created if it does not exist.

    .PARAMETER Location
    A folder to look in first, with the files by name or as a WSUS content folder. The engine must be able to read it.

    .PARAMETER RetryCount
    How many times to retry the download of a file.

    .PARAMETER RetryDelaySec
    Seconds between two attempts.

    .PARAMETER SoftwareUpdate
    Updates from Get-CMSoftwareUpdate of the same site, or copies saved with Export-Clixml. Their CI_IDs are used.

    .PARAMETER SoftwareUpdateGroup
    An update group. A site here has none: nothing is saved, and a warning says so.

    .PARAMETER SoftwareUpdateGroupId
    CI_IDs of update groups. A site here has none.

    .PARAMETER SoftwareUpdateGroupName
    Names of update groups. A site here has none.

    .PARAMETER SoftwareUpdateId
    CI_IDs of updates.

    .PARAMETER SoftwareUpdateLanguage
    Languages, such as English. Files only for other languages are left out. Default: all.

    .PARAMETER SoftwareUpdateName
    Titles of updates. Includes all updates with such a title. * and ? are literal, unless -ForceWildcardHandling is given.

    .PARAMETER DisableWildcardHandling
    Treats * and ? in titles literally, which is the default of this command.

    .PARAMETER ForceWildcardHandling
    Treats * and ? in titles as wildcards.

    .PARAMETER SiteCode
    The site. Default: the site of the session.

    .EXAMPLE
    PS> Get-CMSoftwareUpdate -Fast -ArticleId 5034441 | Save-CMSoftwareUpdate -DeploymentPackageName 'January' -SoftwareUpdateLanguage English

    Downloads the files of the updates of one knowledge base article.

    .EXAMPLE
    PS> Save-CMSoftwareUpdate -SoftwareUpdateId 16777300 -DeploymentPackageName 'January' -Location \\server\WsusContent -RetryCount 3 -RetryDelaySec 10

    Takes the files from the content folder of a WSUS server, and missing files from the source.

    .INPUTS
    IResultObject#SMS_SoftwareUpdate

    .OUTPUTS
    None

    .LINK
    https://learn.microsoft.com/powershell/module/configurationmanager/save-cmsoftwareupdate

    .LINK
    about_ConfigMgrSync

    .LINK
    Get-CMSoftwareUpdateContentInfo
    #>
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'SearchByNameMandatory', PositionalBinding = $false,
        HelpUri = 'https://learn.microsoft.com/powershell/module/configurationmanager/save-cmsoftwareupdate')]
    [OutputType([object])]
    param(
        [Parameter(Mandatory = $true)]
        [string] $DeploymentPackageName,

        [string] $Location,

        [uint32] $RetryCount,

        [uint32] $RetryDelaySec,

        [Parameter(ParameterSetName = 'SearchByValueMandatory', Mandatory = $true, ValueFromPipeline = $true)]
        [psobject] $SoftwareUpdate,

        [Parameter(ParameterSetName = 'SearchByValueMandatory_UpdateGroup', Mandatory = $true, ValueFromPipeline = $true)]
        [PSTypeName('IResultObject#SMS_AuthorizationList')]
        [psobject] $SoftwareUpdateGroup,

        [Parameter(ParameterSetName = 'SearchByIdMandatory_UpdateGroup', Mandatory = $true)]
        [string[]] $SoftwareUpdateGroupId,

        [Parameter(ParameterSetName = 'SearchByNameMandatory_UpdateGroup', Mandatory = $true)]
        [string[]] $SoftwareUpdateGroupName,

        [Parameter(ParameterSetName = 'SearchByIdMandatory', Mandatory = $true)]
        [string[]] $SoftwareUpdateId,

        [string[]] $SoftwareUpdateLanguage,

        [Parameter(ParameterSetName = 'SearchByNameMandatory', Mandatory = $true)]
        [Alias('LocalizedDisplayName')]
        [string[]] $SoftwareUpdateName,

        [switch] $DisableWildcardHandling,

        [switch] $ForceWildcardHandling,

        [string] $SiteCode
    )

    begin {
        [void] (Resolve-CMSyncWildcard -BoundParameters $PSBoundParameters -Caller $PSCmdlet)
        $ids = [System.Collections.Generic.List[uint32]]::new()
        $groups = [bool] ($SoftwareUpdateGroupId -or $SoftwareUpdateGroupName)
    }

    process {
        foreach ($item in @($SoftwareUpdateId) + @($SoftwareUpdate) + @($SoftwareUpdateGroup)) {
            if ($null -eq $item) { continue }
            # A group from a file binds as an update: the object says what it is.
            if ($item.PSObject.TypeNames -match 'SMS_AuthorizationList') { $groups = $true; continue }
            $number = Resolve-CMSyncUpdateId -InputObject $item -Caller $PSCmdlet
            if ($null -ne $number) { $ids.Add($number) }
        }
    }

    end {
        if ($groups) { $PSCmdlet.WriteWarning('A site here has no update groups, so nothing is saved.') }
        $params = ConvertTo-CMSyncParameter -BoundParameters $PSBoundParameters -Name 'RetryCount', 'RetryDelaySec'
        $params['packageName'] = $DeploymentPackageName
        if ($Location) { $params['location'] = Resolve-CMSyncPath -Path $Location -Caller $PSCmdlet }
        if ($SoftwareUpdateLanguage) { $params['languages'] = $SoftwareUpdateLanguage }
        $calls = @(if ($SoftwareUpdateName) { @{ names = $SoftwareUpdateName; wildcard = [bool] $ForceWildcardHandling } })
        # Update by update, so that an interrupted command has whole updates.
        $calls += @(foreach ($id in $ids) { @{ ciIds = [uint32[]] $id } })
        foreach ($call in $calls) {
            $label = if ($call.names) { $call.names -join ', ' } else { $call.ciIds }
            $target = "software update $label of site $(Get-CMSyncSiteLabel -SiteCode $SiteCode)"
            if (-not $PSCmdlet.ShouldProcess($target, "Save to package $DeploymentPackageName")) { continue }
            $request = $params + $call + @{ requestId = [guid]::NewGuid().ToString() }
            $answer = Invoke-CMSyncMethod -Method 'content/save' -Params $request -SiteCode $SiteCode -Caller $PSCmdlet
            if ($null -eq $answer) { continue }
            foreach ($file in $answer.files) {
                if ($file.Status -ne 'Failed') { $PSCmdlet.WriteVerbose("$($file.Status): $($file.Path)"); continue }
                Write-CMSyncError -ErrorId $file.ErrorId -Message $file.Reason -TargetObject $file -Caller $PSCmdlet
            }
        }
    }
}
