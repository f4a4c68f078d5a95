import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { TestSite } from '../engine/TestSite.js';
import { agedSite, contentOf, storedOf } from '../engine/agedSite.js';
import { repetitions } from '../fixtures/repetitions.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { FailingFiles } from '../store/FailingFiles.js';

/** From one file call that fails to the next. */
const STEP = repetitions(9, 1);

describe('Maintenance that is killed', () => {
  const folder = temporaryFolder();
  const opened: TestSite[] = [];
  let aged: TestSite;
  let origin: string;
  let wanted: unknown;
  const open = async (where: string, options: Parameters<typeof TestSite.open>[1] = {}): Promise<TestSite> => {
    const site = await TestSite.open(where, { before: aged, ...options });
    opened.push(site);
    return site;
  };
  /** The aged site as it stood when its engine ended. */
  const copy = (): string => {
    const where = fs.mkdtempSync(path.join(folder(), 'c-'));
    fs.cpSync(origin, where, { recursive: true });
    return where;
  };
  const closeAll = async (): Promise<void> => {
    for (const site of opened.splice(0)) await site.database.close().catch(() => undefined);
  };
  beforeEach(async () => {
    origin = fs.mkdtempSync(path.join(folder(), 'o-'));
    aged = await TestSite.open(origin);
    await agedSite(aged);
    await aged.change({ deleteObsoleteUpdates: true });
    await aged.context.documents.append('updates', [Buffer.from('never acknowledged')]);
    await aged.database.close();
    const reference = await open(copy(), { generation: 2 });
    await reference.maintain();
    wanted = await contentOf(reference);
    await closeAll();
  });
  afterEach(closeAll);

  /** The next engine takes up what is pending, then everything is as if nothing had happened. */
  const resumed = async (where: string, what: string): Promise<void> => {
    const next = await open(where, { generation: 3 });
    await next.maintainer.resume();
    await next.maintain();
    expect(await contentOf(next), what).to.deep.equal(wanted);
    expect(
      fs.readdirSync(path.join(where, 'documents')).filter((file) => file === '1-1.seg'),
      what,
    ).to.deep.equal([]);
    await closeAll();
  };

  it('at any transaction leaves what the next one brings to the same end', async () => {
    let commits = 0;
    for (let at = 1; at <= commits + 1; at += 1) {
      const where = copy();
      const site = await open(where, { generation: 2 });
      let count = 0;
      site.failCommit = () => (count += 1) >= at;
      await site.maintain().catch(() => undefined);
      commits = Math.max(commits, count >= at ? at : 0);
      await resumed(where, `transaction ${at}`);
      fs.rmSync(where, { recursive: true });
    }
    expect(commits).to.be.greaterThan(4);
  });

  it('at any file call leaves what the next one brings to the same end', async () => {
    let calls = 0;
    for (let at = 1; ; at += STEP) {
      const where = copy();
      const failing = new FailingFiles();
      const site = await open(where, { generation: 2, files: failing.files });
      failing.failAt(at, 'kill');
      await site.maintain().catch(() => undefined);
      if (!failing.hasFailed) break;
      calls = at;
      await resumed(where, `file call ${at}`);
      fs.rmSync(where, { recursive: true });
    }
    expect(calls).to.be.greaterThan(30);
  });

  it('once at any file call can be done again by the same engine', async () => {
    for (let at = 1; ; at += 7 * STEP) {
      const where = copy();
      const failing = new FailingFiles();
      const site = await open(where, { generation: 2, files: failing.files });
      failing.failAt(at, 'once');
      await site.maintain().catch(() => undefined);
      if (!failing.hasFailed) break;
      await resumed(where, `file call ${at}`);
      fs.rmSync(where, { recursive: true });
    }
  });

  it('is taken up again by the next engine although the settings do not ask for it any more', async () => {
    const where = copy();
    const site = await open(where, { generation: 2 });
    let count = 0;
    // The first transaction only says that maintenance is under way.
    site.failCommit = () => (count += 1) >= 2;
    await site.maintain().catch(() => undefined);
    const next = await open(where, { generation: 3 });
    await next.maintainer.resume();
    expect(await storedOf(next)).not.to.include('1.1');
    next.lines.length = 0;
    await next.maintainer.resume();
    expect(next.lines).to.deep.equal([]);
  });

  it('by the end of its engine goes on with the next one', async () => {
    const where = copy();
    const site = await open(where, { generation: 2 });
    const maintenance = site.maintain();
    await site.maintainer.stop();
    expect((await maintenance).Interrupted).to.equal(true);
    expect(await storedOf(site)).to.include('1.1');
    const next = await open(where, { generation: 3 });
    await next.maintainer.resume();
    expect(await storedOf(next)).not.to.include('1.1');
  });
});
