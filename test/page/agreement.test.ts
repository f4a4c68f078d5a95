import { expect } from 'chai';
import { Readable } from 'node:stream';
import { runCommandLine } from '../../server/cli/runCommandLine.js';
import type { Health } from '../../server/contract/generated/types.js';
import { healthOf } from '../../server/monitor/health.js';
import type { RelayBackend } from '../../server/relay/RelayBackend.js';
import { IMPORT_MODULE_JSON } from '../cmdlets/fakeSession.js';
import { BELOW_STATES } from '../monitor/belowStates.js';
import { facts } from '../monitor/healthParts.js';
import { POINT_STATES } from '../monitor/pointStates.js';
import { SITE_STATES } from '../monitor/siteStates.js';
import { jsonInSession, powershellSuite } from '../powershell/powershellEngine.js';
import { Cleanup } from '../upstream/harness.js';
import { PageLab } from './PageLab.js';

/** Each third of those in the documentation: what is told of the others differs in nothing that is looked at here. */
const STATES = [...POINT_STATES, ...SITE_STATES, ...BELOW_STATES]
  .filter((_state, index) => index % 3 === 0)
  .map(([title, over]) => ({ title, health: healthOf(facts(over)) }));

/** What a reader is told of a health. */
interface Told {
  readonly Status: string;
  readonly ExitCode: number;
  readonly Summary: string;
}

const toldOf = ({ Status, ExitCode, Summary }: Told): Told => ({ Status, ExitCode, Summary });

/** What the verb `health` prints of one, and its exit code. */
async function verb(health: Health, words: readonly string[]): Promise<readonly [code: number, out: string]> {
  const written: string[] = [];
  const client = { request: async () => Promise.resolve(health), site: {}, deps: {} };
  const backend = {
    client: async () => Promise.resolve(client),
    connect: async () => Promise.resolve(),
    close: async () => Promise.resolve(),
    onProgress: () => undefined,
  };
  const code = await runCommandLine(['health', ...words], {
    input: Readable.from(['']),
    output: { isTTY: false, columns: 200, write: (text) => written.push(text) },
    messages: { write: () => undefined },
    env: {},
    backend: backend as unknown as RelayBackend,
    onInterrupt: () => () => undefined,
  });
  return [code, written.join('')];
}

describe('who tells how a hierarchy is', () => {
  const cleanup = new Cleanup();
  after(async () => cleanup.run());

  it('has at least 20 states to tell', () => {
    expect(STATES.length).to.be.greaterThan(20);
    expect([...new Set(STATES.map(({ health }) => health.Status))]).to.have.length.greaterThan(2);
  });

  it('says the same on the page, the badge, in the metrics and at the command line', async () => {
    const lab = await new PageLab().open(cleanup);
    const read = async (path: string): Promise<string> => (await lab.askPlain(path, { host: 'localhost' })).text;
    for (const { title, health } of STATES) {
      lab.onAsk = (method) => (method === 'health/get' ? Promise.resolve(health) : undefined);
      const [page, badge, metrics] = [await read('/'), await read('/badge.svg'), await read('/metrics')];
      const [, state = '', sentence = ''] = /class="sentence (\w+)"[^>]*>([^<]*)</.exec(page) ?? [];
      expect([state, sentence], title).to.deep.equal([health.Status.toLowerCase(), health.Summary]);
      expect(/<title>([^<]*)</.exec(badge)?.[1], title).to.equal(health.Summary);
      expect(badge, title).to.include(`>${health.Status}<`);
      expect(metrics, title).to.include(`configmgrsync_health_status{site="${health.SiteCode}"} ${health.ExitCode}\n`);
      const [code, out] = await verb(health, []);
      expect([code, out.split('\n')[0]], title).to.deep.equal([health.ExitCode, health.Summary]);
      const [jsonCode, json] = await verb(health, ['--json']);
      expect([jsonCode, toldOf(JSON.parse(json) as Told)], title).to.deep.equal([health.ExitCode, toldOf(health)]);
    }
  });
});

powershellSuite('who tells how a hierarchy is: PowerShell', (engine) => {
  it('says the same in every state', async () => {
    const given = JSON.stringify(STATES.map(({ health }) => health)).replaceAll("'", "''");
    const script = `${IMPORT_MODULE_JSON}$told = & (Get-Module ConfigMgrSync) {
  param($Given) ConvertTo-CMSyncObject -Kind Health -InputObject $Given } (ConvertFrom-Json -InputObject '${given}')
ConvertTo-Json -Compress @(foreach ($health in $told) {
  [ordered]@{ Status = $health.Status; ExitCode = $health.ExitCode; Summary = $health.Summary } })`;
    expect(await jsonInSession<Told[]>(engine(), script)).to.deep.equal(STATES.map(({ health }) => toldOf(health)));
  });
});
