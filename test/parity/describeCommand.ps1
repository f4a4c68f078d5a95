# Describes exported commands of a module from their Get-Command metadata: one JSON array,
# in the shape of ActualCommand (compareSurface.ts). Without -Name: every exported command.
# A name that the module does not export is left out of the answer.
param(
    [Parameter(Mandatory = $true)]
    [string] $ModulePath,

    [string[]] $Name
)

$ErrorActionPreference = 'Stop'

$commonParameters = @(
    'Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction',
    'ErrorVariable', 'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable',
    'WhatIf', 'Confirm', 'UseTransaction'
)
$allParameterSets = '__AllParameterSets'

function Get-ParameterDescription {
    param($Parameter)

    $validateSet = $null
    foreach ($attribute in $Parameter.Attributes) {
        if ($attribute -is [System.Management.Automation.ValidateSetAttribute]) {
            $validateSet = @($attribute.ValidValues)
        }
    }
    $sets = @(
        foreach ($setName in @($Parameter.ParameterSets.Keys | Sort-Object)) {
            $set = $Parameter.ParameterSets[$setName]
            $position = $null
            if ($set.Position -ne [int]::MinValue) { $position = $set.Position }
            [pscustomobject] @{
                name                            = [string] $setName
                mandatory                       = [bool] $set.IsMandatory
                position                        = $position
                valueFromPipeline               = [bool] $set.ValueFromPipeline
                valueFromPipelineByPropertyName = [bool] $set.ValueFromPipelineByPropertyName
            }
        }
    )
    [pscustomobject] @{
        name        = [string] $Parameter.Name
        type        = [string] $Parameter.ParameterType.FullName
        aliases     = @($Parameter.Aliases)
        validateSet = $validateSet
        sets        = $sets
    }
}

function Get-CommandDescription {
    param($Command)

    $metadata = New-Object -TypeName System.Management.Automation.CommandMetadata -ArgumentList $Command
    $defaultSet = [string] $Command.DefaultParameterSet
    if (-not $defaultSet) { $defaultSet = $allParameterSets }
    [pscustomobject] @{
        name                  = [string] $Command.Name
        defaultParameterSet   = $defaultSet
        parameterSets         = @(foreach ($set in $Command.ParameterSets) { [string] $set.Name })
        supportsShouldProcess = [bool] $metadata.SupportsShouldProcess
        confirmImpact         = [string] $metadata.ConfirmImpact
        parameters            = @(
            foreach ($parameter in $Command.Parameters.Values) {
                if ($commonParameters -notcontains $parameter.Name) { Get-ParameterDescription $parameter }
            }
        )
        outputTypes           = @(foreach ($type in $Command.OutputType) { [string] $type.Name })
    }
}

$module = Import-Module -Name $ModulePath -Force -PassThru
$descriptions = @(
    foreach ($command in @($module.ExportedCommands.Values | Sort-Object -Property Name)) {
        if ($command.CommandType -eq 'Alias') { continue }
        if ($Name -and ($Name -notcontains $command.Name)) { continue }
        Get-CommandDescription $command
    }
)
ConvertTo-Json -InputObject $descriptions -Depth 8 -Compress
