import { Readable } from 'node:stream';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../server/cli/runCommandLine.js';
import type { RelayBackend } from '../../server/relay/RelayBackend.js';
import { jsonInSession, repositoryRoot, type PowerShellEngine } from '../powershell/powershellEngine.js';
import { IMPORT_MODULE_JSON } from './fakeSession.js';
import { TABLE_SAMPLES } from './tableSamples.js';

export const tablesFile = join(repositoryRoot(), 'docs', 'tables.md');
export const WIDTHS = [80, 120] as const;

/** Kinds that no command of PowerShell makes of an answer alone. */
const OWN_OBJECTS = new Set(['LogEntry', 'StoreReport', 'StoreRepair', 'SoftwareUpdate', 'SiteAccess']);

/** A table as it is shown: what it is of, how wide the window is, its lines. */
export interface ShownTable {
  readonly name: string;
  readonly width: number;
  readonly lines: readonly string[];
}

/** The tables of all kinds in PowerShell, whose dates the invariant culture writes. */
export async function powershellTables(engine: PowerShellEngine): Promise<readonly ShownTable[]> {
  const samples = JSON.stringify(TABLE_SAMPLES).replaceAll("'", "''");
  const script = `${IMPORT_MODULE_JSON}$culture = [cultureinfo]::CurrentCulture
[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture
$shown = foreach ($kind in (ConvertFrom-Json -InputObject '${samples}').PSObject.Properties) {
  $objects = if ($kind.Name -in '${[...OWN_OBJECTS].join("', '")}') {
    foreach ($item in $kind.Value) {
      foreach ($name in 'Time', 'DatePosted') {
        if ($item.$name) { $item.$name = ([datetime] $item.$name).ToUniversalTime() }
      }
      $item.PSObject.TypeNames.Insert(0, "ConfigMgrSync.$($kind.Name)"); $item
    }
  } else {
    $make = { ConvertTo-CMSyncObject -Kind $args[0] -InputObject $args[1] }
    & (Get-Module ConfigMgrSync) $make $kind.Name $kind.Value
  }
  foreach ($width in ${WIDTHS.join(', ')}) {
    $text = ($objects | Format-Table | Out-String -Width $width) -replace '\\x1b\\[[0-9;]*m'
    $lines = @($text.Trim("\`r", "\`n") -split '\\r?\\n' | ForEach-Object { $_.TrimEnd() })
    [ordered]@{ name = $kind.Name; width = $width; lines = $lines }
  }
}
[cultureinfo]::CurrentCulture = $culture
ConvertTo-Json -Compress -Depth 4 @($shown)`;
  return jsonInSession<ShownTable[]>(engine, script);
}

const samples = (kind: string): readonly object[] => TABLE_SAMPLES[kind] ?? [];

/** What the verbs with a table ask for. */
const ANSWERS: Readonly<Record<string, () => object>> = {
  'site/tree': () => ({ sites: samples('Site') }),
  'status/get': () => ({ status: samples('SUPSyncStatus'), warnings: [] }),
  'health/get': () => ({
    Summary: 'The software update point is not in step.',
    SoftwareUpdatePoints: samples('HealthRow'),
    Actions: [],
    ExitCode: 2,
  }),
  'category/list': () => ({ categories: samples('UpdateCategory') }),
  'update/list': () => ({ updates: samples('SoftwareUpdate'), next: null }),
  'update/set': () => ({ updates: samples('SoftwareUpdate') }),
  'run/list': () => ({ runs: samples('Run') }),
  'run/changes': () => ({ changes: samples('UpdateChange'), next: null, isRecorded: true }),
  'message/list': () => ({ messages: samples('StatusMessage'), next: null }),
  'alert/list': () => ({ alerts: samples('Alert') }),
  'source/test': () => ({ Stages: samples('SourceTestStage') }),
  'sup/list': () => ({ softwareUpdatePoints: samples('SoftwareUpdatePoint') }),
  'maintenance/start': () => ({
    maintenance: {
      WhatIf: true,
      Interrupted: false,
      DurationSeconds: 0.4,
      Removed: 0,
      Declined: 0,
      DeletedUpdates: 0,
      DeletedRevisions: 1,
      RemainingRevisions: 0,
      CompactedSegments: 0,
      FreedBytes: 0,
      Items: samples('MaintenanceItem'),
    },
  }),
};
const VERBS = [
  'site list',
  'site tree',
  'status',
  'health',
  'categories',
  'updates',
  'updates set 16777703 --custom-severity Low',
  'run list',
  'run changes 1042',
  'messages',
  'alerts',
  'source test',
  'sup list',
  'maintenance --what-if',
  'schedule convert 0048CE00003314C0',
];

/** The tables of the command line on terminals of both widths. */
export async function commandLineTables(): Promise<readonly ShownTable[]> {
  const shown: ShownTable[] = [];
  for (const verb of VERBS)
    for (const width of WIDTHS) shown.push({ name: verb, width, lines: await linesOf(verb, width) });
  return shown;
}

async function linesOf(verb: string, columns: number): Promise<readonly string[]> {
  const written: string[] = [];
  const client = { request: async (method: string) => Promise.resolve(ANSWERS[method]?.()), site: {}, deps: {} };
  const backend = {
    client: async () => Promise.resolve(client),
    connect: async () => Promise.resolve(),
    listSites: async () => Promise.resolve({ sites: samples('Site') }),
    close: async () => Promise.resolve(),
    onProgress: () => undefined,
  };
  await runCommandLine(verb.split(' '), {
    input: Readable.from(['']),
    output: { isTTY: true, columns, write: (text) => written.push(text) },
    messages: { write: () => undefined },
    env: {},
    backend: backend as unknown as RelayBackend,
    onInterrupt: () => () => undefined,
  });
  return written
    .join('')
    .trimEnd()
    .split('\n')
    .map((line) => line.trimEnd());
}

const START = '<!-- tables -->';

/** The page with these tables in it. */
export function tablesPage(powershell: readonly ShownTable[], commandLine: readonly ShownTable[]): string {
  const [intro = ''] = readFileSync(tablesFile, 'utf8').split(START);
  const block = ({ lines }: ShownTable): string => ['```text', ...lines, '```', ''].join('\n');
  const part = (title: string, tables: readonly ShownTable[]): string =>
    [
      `## ${title}`,
      '',
      ...tables.flatMap((table, at) => [...(at % 2 === 0 ? [`### ${table.name}`, ''] : []), block(table)]),
    ].join('\n');
  return `${intro}${START}\n\n${part('PowerShell', powershell)}\n${part('Command line', commandLine)}`.trimEnd() + '\n';
}
