import type { EngineFacts } from './EngineFacts.js';
import type { Health, HealthRow, Run } from '../contract/generated/types.js';

/** What the metrics are made of; `memory` in bytes. */
export interface MetricFacts {
  readonly version: string;
  readonly health: Health;
  /** The newest run that has ended. */
  readonly lastRun: Run | undefined;
  readonly memory: number;
  readonly engine: EngineFacts;
}

/** One value of a metric with its labels. */
interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric of OpenMetrics: its name without the prefix, what it says, its unit where it has one. */
interface Metric {
  readonly type?: 'counter' | 'gauge';
  readonly name: string;
  readonly help: string;
  readonly unit?: 'bytes' | 'seconds';
  readonly samples: readonly Sample[];
}

const COUNTS = ['New', 'Revised', 'Expired', 'Superseded', 'Removed', 'Skipped', 'Failed'] as const;

/** How a site is, in the text of OpenMetrics 1.0. */
export function metricsText(facts: MetricFacts): string {
  const metrics = [...ofSite(facts), ...ofPoints(facts), ...ofLastRun(facts), ...ofEngine(facts)];
  return `${metrics.map(metricText).join('')}# EOF\n`;
}

function ofSite({ version, health }: MetricFacts): readonly Metric[] {
  const site = { site: health.SiteCode };
  return [
    {
      name: 'engine',
      help: 'Version of the engine; the value is always 1.',
      samples: [{ labels: { ...site, version }, value: 1 }],
    },
    {
      name: 'health_status',
      help: 'Worst of the hierarchy from this site on: 0 well, 1 degraded, 2 broken, 3 not known.',
      samples: [{ labels: site, value: health.ExitCode }],
    },
  ];
}

function ofPoints({ health }: MetricFacts): readonly Metric[] {
  const rows = (value: (row: HealthRow) => number | undefined): readonly Sample[] =>
    health.SoftwareUpdatePoints.flatMap((row) => sampleOf(labelsOf(row), value(row)));
  return [
    {
      name: 'software_update_point_in_step',
      help: '1 where the software update point has what the site above has, and is heard of.',
      samples: rows((row) => Number(row.InStep)),
    },
    {
      name: 'software_update_point_versions_behind',
      help: 'Content versions that the software update point lacks.',
      samples: rows((row) => row.VersionsBehind),
    },
    {
      name: 'software_update_point_last_success_timestamp_seconds',
      help: 'When the software update point was last synchronized with success, in seconds since 1970 UTC.',
      unit: 'seconds',
      samples: rows((row) => secondsOf(row.LastSuccessfulSyncTime)),
    },
  ];
}

function ofLastRun({ health, lastRun }: MetricFacts): readonly Metric[] {
  const site = { site: health.SiteCode };
  const one = (value: (run: Run) => number): readonly Sample[] =>
    sampleOf(site, lastRun === undefined ? undefined : value(lastRun));
  return [
    {
      name: 'synchronization_end_timestamp_seconds',
      help: 'When the newest synchronization of this site ended, in seconds since 1970 UTC.',
      unit: 'seconds',
      samples: one((run) => secondsOf(run.EndTime) ?? 0),
    },
    {
      name: 'synchronization_duration_seconds',
      help: 'How long it took.',
      unit: 'seconds',
      samples: one((run) => run.DurationSeconds),
    },
    {
      name: 'synchronization_succeeded',
      help: '1 where it succeeded.',
      samples: one((run) => Number(run.Succeeded)),
    },
    {
      name: 'synchronization_updates',
      help: 'What it did to updates, by kind of change.',
      samples: COUNTS.flatMap((kind) => sampleOf({ ...site, kind: kind.toLowerCase() }, lastRun?.Counts[kind])),
    },
    {
      name: 'synchronization_documents',
      help: 'Documents that it fetched.',
      samples: one((run) => run.Counts.DocumentsFetched),
    },
  ];
}

function ofEngine({ health, memory, engine }: MetricFacts): readonly Metric[] {
  const site = { site: health.SiteCode };
  const one = (value: number): readonly Sample[] => [{ labels: site, value }];
  const each = (value: (count: EngineFacts['operations'][number]) => number): readonly Sample[] =>
    engine.operations.map((count) => ({ labels: { ...site, operation: count.operation }, value: value(count) }));
  return [
    { name: 'updates', help: 'Software updates of the site.', samples: one(engine.updates) },
    { name: 'documents', help: 'Documents in the store, revisions each on its own.', samples: one(engine.documents) },
    { name: 'store_bytes', help: 'Files of the store.', unit: 'bytes', samples: one(engine.storeBytes) },
    {
      type: 'counter',
      name: 'requests_served',
      help: 'Requests of downstream servers that were answered, since the engine began.',
      samples: each(({ served }) => served),
    },
    {
      type: 'counter',
      name: 'requests_refused',
      help: 'Requests of downstream servers that were refused, since the engine began.',
      samples: each(({ refused }) => refused),
    },
    {
      name: 'event_loop_delay_seconds',
      help: 'Longest time that the event loop was held up since the metrics were last read.',
      unit: 'seconds',
      samples: one(engine.loopDelay),
    },
    { name: 'memory_bytes', help: 'Memory of the process of the engine.', unit: 'bytes', samples: one(memory) },
  ];
}

function labelsOf({ SiteCode, WSUSServerName }: HealthRow): Sample['labels'] {
  return { site: SiteCode, server: WSUSServerName };
}

function sampleOf(labels: Sample['labels'], value: number | undefined): readonly Sample[] {
  return value === undefined ? [] : [{ labels, value }];
}

function secondsOf(time: string | null): number | undefined {
  return time === null ? undefined : Date.parse(time) / 1000;
}

function metricText({ type = 'gauge', name, help, unit, samples }: Metric): string {
  const full = `configmgrsync_${name}`;
  const unitLine = unit === undefined ? '' : `# UNIT ${full} ${unit}\n`;
  const lines = samples.map(
    ({ labels, value }) => `${full}${type === 'counter' ? '_total' : ''}{${labelsText(labels)}} ${value}\n`,
  );
  return `# TYPE ${full} ${type}\n${unitLine}# HELP ${full} ${escaped(help)}\n${lines.join('')}`;
}

function labelsText(labels: Sample['labels']): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',');
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
