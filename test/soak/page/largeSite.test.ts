import { expect } from 'chai';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '../../../server/contract/generated/types.js';
import { openPage } from '../../../server/page/openPage.js';
import { plainFiles } from '../../../server/platform/files/folderFiles.js';
import { systemClock } from '../../../server/platform/Clock.js';
import { UTC } from '../../../server/schedule/zone.js';
import { runChange } from '../../../server/state/storedRuns.js';
import { readLogBackwards } from '../../../server/status/readLog.js';
import { type StatusMessage, statusMessageLine } from '../../../server/status/statusMessage.js';
import { logLine } from '../../../server/status/WsyncmgrLog.js';
import { noCounts } from '../../../server/sync/prepareRun.js';
import { labPort } from '../../downstream/labPort.js';
import { TestSite } from '../../engine/TestSite.js';
import { repetitions } from '../../fixtures/repetitions.js';
import { guidOf, updateDocument } from '../../fixtures/updateDocuments.js';
import { FAKE_RUN } from '../../rpc/fakeObjects.js';
import type { SiteChanges } from '../../../server/store/SiteChanges.js';
import { sampleRevision, sampleUpdate } from '../../store/sampleRows.js';
import { Cleanup } from '../../upstream/harness.js';

const RUNS = repetitions(250, 10_000);
const UPDATES = repetitions(300, 100_000);
/** Status messages, and as many lines of the log. */
const MESSAGES = repetitions(400, 100_000);
const isSoak = UPDATES > 300;
const AT_ONCE = 2000;
/** What else the machine does makes processor time longer: the shortest of these counts. */
const TIMES = isSoak ? 3 : 1;
const BEGIN = Date.UTC(2025, 0, 1);
const TITLE = '<script>alert(1)</script> \u202eright to left\u0007 & "quoted"';

/** As many bytes as a page has at most, apart from a file for a spreadsheet. */
const MOST_BYTES = 300_000;
const MOST_SHEET_BYTES = 1_000_000;
const MOST_MS = 200;
/** A file for a spreadsheet has 100 times as many lines as a page. */
const MOST_SHEET_MS = 500;

describe('the status page of a site with very many runs and updates', function () {
  this.timeout(600_000);
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
    writeFileSync(join(folder, 'wsyncmgr.log'), logText());
    const page = openPage({
      ...{ service: site.service, siteCode: 'CS1', serverName: 'cs1.test', zone: UTC, now: () => new Date() },
      tell: () => undefined,
      log: () => readLogBackwards(folder, plainFiles),
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
    ...['/updates?severity=Critical&superseded=no', '/updates/7', '/categories', '/settings'],
    ...['/updates.csv', '/updates.csv?sort=title'],
    ...['/log', '/log?severity=Error', `/log?run=${RUNS / 2}`, '/log?skip=200', '/metrics', '/badge.svg', '/readyz'],
  ])
    it(`answers ${path} in pages`, async () => {
      const first = await read(base + path);
      const times = [];
      let again = first;
      for (let time = 0; time < TIMES; time += 1) {
        const before = process.cpuUsage();
        again = await read(base + path);
        const { user, system } = process.cpuUsage(before);
        times.push(Math.round((user + system) / 1000));
      }
      const milliseconds = Math.min(...times);
      expect([first.status, again.status]).to.deep.equal([200, 200]);
      const isSheet = path.startsWith('/updates.csv');
      expect(again.text.length).to.be.below(isSheet ? MOST_SHEET_BYTES : MOST_BYTES);
      expect(again.text).not.to.match(isSheet ? /\u202e|\u0007/ : /<script>alert|\u202e|\u0007/);
      if (!isSoak) return;
      process.stdout.write(`      ${path}: ${milliseconds} ms, ${again.text.length} characters\n`);
      expect(milliseconds).to.be.at.most(isSheet ? MOST_SHEET_MS : MOST_MS);
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
    const numbers = idsFrom(from, UPDATES);
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
  for (let from = 1; from <= MESSAGES; from += AT_ONCE)
    await database.commit({ messages: idsFrom(from, MESSAGES).map(storedMessage) });
}

/** The next numbers up to the last one, as many as are stored at once. */
function idsFrom(from: number, last: number): number[] {
  return Array.from({ length: Math.min(AT_ONCE, last - from + 1) }, (_unused, index) => from + index);
}

function messageOf(id: number): StatusMessage {
  const about = { messageId: id % 7 === 0 ? 6703 : 6702, serverName: 'cs1.test', siteCode: 'CS1', processId: 1 };
  return { ...about, time: new Date(BEGIN + id * 360_000), insertions: [TITLE], lastError: 0 };
}

function storedMessage(id: number): NonNullable<SiteChanges['messages']>[number] {
  const message = messageOf(id);
  const time = message.time.getTime();
  return { id, messageId: message.messageId, time, json: JSON.stringify({ ...message, time: message.time }) };
}

/** The log with a line for each message, as its rolled over file would be: larger than any that is written. */
function logText(): string {
  const line = (id: number): string => {
    const message = messageOf(id);
    const text = statusMessageLine(message);
    return `${logLine({ text, component: 'SMS_WSUS_SYNC_MANAGER', time: message.time, thread: 1 })}\r\n`;
  };
  return Array.from({ length: MESSAGES }, (_unused, index) => line(index + 1)).join('');
}

function runOf(Id: number): Run {
  const start = BEGIN + Id * 3_600_000;
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
