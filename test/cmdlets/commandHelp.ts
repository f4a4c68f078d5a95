import { jsonInSession } from '../powershell/powershellEngine.js';
import type { PowerShellEngine } from '../powershell/powershellEngine.js';
import { IMPORT_MODULE_JSON } from './fakeSession.js';

/** What Get-Help shows of one command. */
export interface CommandHelp {
  readonly synopsis: string;
  readonly description: string;
  readonly examples: readonly string[];
  readonly links: readonly string[];
  readonly undescribed: readonly string[];
  readonly outputs: number;
  /** The address that the command itself names. */
  readonly helpUri: string;
}

const SCRIPT = `${IMPORT_MODULE_JSON}
$left = 'Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'ErrorVariable',
  'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable', 'WhatIf', 'Confirm'
$all = [ordered]@{}
foreach ($command in (Get-Module ConfigMgrSync).ExportedCommands.Values) {
  $help = Get-Help $command.Name -Full
  $described = @($help.parameters.parameter | Where-Object { $_.description } | ForEach-Object { $_.name })
  $all[$command.Name] = [ordered]@{
    synopsis = [string] $help.Synopsis
    description = [string] ($help.description | ForEach-Object { $_.Text })
    examples = @($help.examples.example | ForEach-Object { [string] ($_.remarks | ForEach-Object { $_.Text }) })
    links = @($help.relatedLinks.navigationLink | ForEach-Object { [string] $_.linkText + [string] $_.uri })
    undescribed = @($command.Parameters.Keys | Where-Object { $_ -notin $left -and $_ -notin $described })
    outputs = @($command.OutputType).Count
    helpUri = ([System.Management.Automation.CommandMetadata]::new($command)).HelpUri
  }
}
ConvertTo-Json -InputObject $all -Compress -Depth 4`;

let read: Promise<Readonly<Record<string, CommandHelp>>> | undefined;

/** The help of every exported command, by its name; read once for all tests. */
export function commandHelp(engine: PowerShellEngine): Promise<Readonly<Record<string, CommandHelp>>> {
  read ??= jsonInSession<Record<string, CommandHelp>>(engine, SCRIPT);
  return read;
}
