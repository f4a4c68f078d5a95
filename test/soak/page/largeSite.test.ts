import { expect } from 'chai';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../../server/contract/generated/types.js';
import { openPage } from '../../../server/page/openPage.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { UTC } from '../../../server/schedule/zone.js';
import { runChange } from '../../../server/state/storedRuns.js';
import { noCounts } from '../../../server/sync/prepareRun.js';
import { labPort } from '../../downstream/labPort.js';
import { TestSite } from '../../engine/TestSite.js';
import { repetitions } from '../../fixtures/repetitions.js';
import { guidOf, updateDocument } from '../../fixtures/updateDocuments.js';
import { FAKE_RUN } from '../../rpc/fakeObjects.js';
import { sampleRevision, sampleUpdate } from '../../store/sampleRows.js';
import { Cleanup } from '../../upstream/harness.js';

const RUNS = repetitions(250, 10_000);
const UPDATES = repetitions(300, 100_000);
const isSoak = UPDATES > 300;
const AT_ONCE = 2000;
const TITLE = '<script>alert(1)</script> \u202eright to left\u0007 & "quoted"';

/** As many bytes as a page has at most, apart from a file for a spreadsheet. */
const MOST_BYTES = 300_000;
const MOST_MS = 200;

describe('the status page of a site with very many runs and updates', function () {
  this.timeout(isSoak ? 600_000 : 60_000);
  const cleanup = new Cleanup();
  let base: string;
  before(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cms-large-'));
    cleanup.add(async () => rm(folder, { recursive: true, force: true }));
    const site = await TestSite.open(folder);
    cleanup.add(async () => {
      await site.context.documents.close();
      await site.database.close();
    });
    await fill(site);
    const page = openPage({
      ...{ service: site.service, siteCode: 'CS1', serverName: 'cs1.test', zone: UTC, now: () => new Date() },
      tell: () => undefined,
      log: async function* () {},
      tokens: { accept: async () => Promise.resolve(undefined), isAccepted: async () => Promise.resolve(false) },
      progress: { clock: systemClock, watch: () => () => undefined, current: () => undefined },
      facts: async () => Promise.resolve({ updates: 0, documents: 0, storeBytes: 0, operations: [], loopDelay: 0 }),
    });
    const { address } = await labPort(cleanup)(async (request, response, work) => {
      if (!(await page(request, response, work))) response.writeHead(404).end();
    });
    base = `http://localhost:${address.port}`;
  });
  after(async () => cleanup.run());

  for (const path of [
    ...['/', '/sites', '/runs', `/runs?before=${RUNS / 2}`, `/runs/${RUNS}`, '/messages', '/messages?site=CS1'],
    ...['/updates', '/updates?sort=title', '/updates?name=*quoted*', '/updates?kb=KB5000007', '/updates?after=100'],
    ...['/updates?severity=Critical&superseded=no', '/updates/7', '/categories', '/log', '/settings', '/metrics'],
  ])
    it(`answers ${path} in pages`, async () => {
      const first = await read(base + path);
      const before = process.cpuUsage();
      const again = await read(base + path);
      const { user, system } = process.cpuUsage(before);
      const milliseconds = Math.round((user + system) / 1000);
      expect([first.status, again.status]).to.deep.equal([200, 200]);
      expect(again.text.length).to.be.below(MOST_BYTES);
      expect(again.text).not.to.match(/<script>alert|\u202e|\u0007/);
      if (!isSoak) return;
      process.stdout.write(`      ${path}: ${milliseconds} ms, ${again.text.length} characters\n`);
      expect(milliseconds).to.be.at.most(MOST_MS);
    });
});

async function read(url: string): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  return { status: response.status, text: await response.text() };
}

/** Rows as synchronizations would have stored them. */
async function fill(site: TestSite): Promise<void> {
  const { database } = site;
  for (let from = 1; from <= UPDATES; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, UPDATES - from + 1) }, (_unused, index) => from + index);
    const [location] = await site.context.documents.append('updates', [
      updateDocument({ id: guidOf(from + 6), title: 'Seven' }),
    ]);
    if (location === undefined) throw new TypeError('nothing was stored');
    await database.commit({
      revisions: numbers.map((number) => sampleRevision(number, { location, title: `${TITLE} ${number}` })),
    });
    const keys = await database.updateKeys(numbers.map(guidOf));
    await database.commit({
      softwareUpdates: numbers.map((number) =>
        sampleUpdate(number, { updateKey: keys.get(guidOf(number)) ?? 0, revisionId: number, modified: number }),
      ),
    });
  }
  for (let id = 1; id <= RUNS; id += 1) await database.commit(runChange(runOf(id)));
}

function runOf(Id: number): Run {
  const start = Date.UTC(2025, 0, 1) + Id * 3_600_000;
  const isGood = Id % 7 !== 0;
  return {
    ...FAKE_RUN,
    ...{ Id, SiteCode: 'CS1', Kind: 'Delta', State: isGood ? 'Succeeded' : 'Failed', Succeeded: isGood, Phase: 'Done' },
    StartTime: new Date(start).toISOString(),
    EndTime: new Date(start + 60_000).toISOString(),
    DurationSeconds: 60,
    Counts: { ...noCounts(), New: Id % 50, Expired: Id % 9 },
    Size: { Updates: Id * 10, Documents: Id * 20, DocumentBytes: Id * 10_000, DatabaseBytes: Id * 1000 },
    ErrorMessage: isGood ? '' : TITLE,
    Warnings: [TITLE],
  };
}
