import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../server/platform/packageFolder.js';
import { metricsText, type MetricFacts } from '../../server/page/metrics.js';
import type { Run } from '../../server/contract/generated/types.js';
import { healthOf } from '../../server/monitor/health.js';
import { skipBecause } from '../fixtures/skipBecause.js';
import { a, b, facts, row, SILENT } from '../monitor/healthParts.js';

/** That of the system, for which the package was installed, before one that a developer has chosen. */
const PYTHON = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';

/** The parser of Prometheus' own client for Python (prometheus_client), which takes nothing that is not OpenMetrics. */
const PARSE = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse
families = list(parse(sys.stdin.read()))
samples = lambda family: [[s.name, s.labels, s.value] for s in family.samples]
print(json.dumps([[f.name, f.type, f.unit, f.documentation, samples(f)] for f in families]))
`;

type Family = readonly [
  name: string,
  type: string,
  unit: string,
  help: string,
  samples: readonly (readonly [name: string, labels: Readonly<Record<string, string>>, value: number])[],
];

/** What of the model of a dashboard is used (schema versions 36 to 42 know it alike). */
interface Dashboard {
  readonly schemaVersion: number;
  readonly templating: { readonly list: readonly { readonly name: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly type: string;
    readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
    readonly datasource: { readonly type: string };
    readonly targets: readonly { readonly refId: string; readonly expr: string }[];
  }[];
}

const RUN = {
  EndTime: '2026-11-29T10:00:00.500Z',
  DurationSeconds: 61.5,
  Succeeded: true,
  Counts: { New: 3, Revised: 2, Expired: 1, Superseded: 0, Removed: 0, Skipped: 0, Failed: 0, DocumentsFetched: 7 },
} as unknown as Run;

const FACTS: MetricFacts = {
  version: '1.2.3 "quoted" \\ and\nbroken',
  health: healthOf(facts({ rows: [row(a), row(b, SILENT)] })),
  lastRun: RUN,
  memory: 123_456_789,
  engine: {
    updates: 10,
    documents: 20,
    storeBytes: 3e9,
    operations: [
      { operation: 'GetCookie', served: 5, refused: 1 },
      { operation: 'unknown', served: 0, refused: 2 },
    ],
    loopDelay: 0.125,
  },
};

describe('the metrics of a site', () => {
  it('are all that the example files for Prometheus and Grafana ask for, and are all in the documentation', () => {
    const text = metricsText(FACTS);
    const read = (...names: readonly string[]): string => readFileSync(join(packageFolder(), 'docs', ...names), 'utf8');
    const samples = new Set([...text.matchAll(/^(configmgrsync_\w+)\{/gm)].map(([, name = '']) => name));
    const asked = [
      ...`${read('examples', 'prometheus-rules.yml')}${read('examples', 'grafana-dashboard.json')}`.matchAll(
        /configmgrsync_\w+/g,
      ),
    ].map(([name]) => name);
    expect(asked.length).to.be.greaterThan(10);
    expect(asked.filter((name) => !samples.has(name))).to.deep.equal([]);
    const page = read('metrics.md');
    for (const name of samples) expect(page, name).to.include(`\`${name.replace('configmgrsync_', '')}\``);
  });

  it('are in a dashboard that Grafana can import: each panel with its place, its source and its queries', () => {
    const text = readFileSync(join(packageFolder(), 'docs', 'examples', 'grafana-dashboard.json'), 'utf8');
    const { schemaVersion, templating, panels } = JSON.parse(text) as Dashboard;
    expect(schemaVersion).to.be.within(36, 42);
    const variables = new Set(templating.list.map(({ name }) => name));
    const used = [...text.matchAll(/\$\{?(\w+)/g)]
      .map(([, name = '']) => name)
      .filter((name) => !name.startsWith('__'));
    expect([...new Set(used)].sort()).to.deep.equal([...variables].sort());
    expect(new Set(panels.map(({ id }) => id)).size).to.equal(panels.length);
    for (const { id, type, gridPos, datasource, targets } of panels) {
      expect(['stat', 'timeseries'], String(id)).to.include(type);
      expect(gridPos.x + gridPos.w, String(id)).to.be.at.most(24);
      expect(datasource.type).to.equal('prometheus');
      expect(new Set(targets.map(({ refId }) => refId)).size, String(id)).to.equal(targets.length);
      for (const { expr } of targets) expect(expr).to.include('configmgrsync_');
    }
  });

  it('are read by a parser that is not ours, each sample of them', function () {
    const read = spawnSync(PYTHON, ['-c', PARSE], { input: metricsText(FACTS), encoding: 'utf8' });
    if (read.error !== undefined || read.stderr.includes('ModuleNotFoundError'))
      skipBecause(this, 'python3 has no prometheus_client here');
    expect(read.stderr).to.equal('');
    const families = JSON.parse(read.stdout) as Family[];
    const samples = families.flatMap(([, , , , all]) => all);
    const valueOf = (name: string, labels: Readonly<Record<string, string>> = {}): number | undefined =>
      samples.find(
        ([other, has]) =>
          other === `configmgrsync_${name}` && Object.entries(labels).every(([label, text]) => has[label] === text),
      )?.[2];
    expect(valueOf('engine', { version: FACTS.version })).to.equal(1);
    expect(valueOf('health_status')).to.equal(1);
    expect(valueOf('software_update_point_in_step', { server: b })).to.equal(0);
    expect(valueOf('synchronization_end_timestamp_seconds')).to.equal(Date.parse(RUN.EndTime ?? '') / 1000);
    expect(valueOf('synchronization_updates', { kind: 'new' })).to.equal(3);
    expect(valueOf('synchronization_documents')).to.equal(7);
    expect(valueOf('store_bytes')).to.equal(3e9);
    expect(valueOf('requests_served_total', { operation: 'GetCookie' })).to.equal(5);
    expect(valueOf('requests_refused_total', { operation: 'unknown' })).to.equal(2);
    expect(valueOf('event_loop_delay_seconds')).to.equal(0.125);
    expect(families.filter(([, type]) => type === 'counter').map(([name]) => name)).to.deep.equal([
      'configmgrsync_requests_served',
      'configmgrsync_requests_refused',
    ]);
    for (const [name, , , help] of families) expect(help, name).not.to.equal('');
  });
});
