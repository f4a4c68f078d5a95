import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { identityKey } from '../../server/metadata/UpdateIdentity.js';
import { newRequestId, TestSite } from '../engine/TestSite.js';
import { agedSite, contentOf, passDays, storedOf } from '../engine/agedSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';

describe('Maintenance', () => {
  const folder = temporaryFolder();
  const sites: TestSite[] = [];
  const open = async (options: Parameters<typeof TestSite.open>[1] = {}, where = folder()): Promise<TestSite> => {
    const site = await TestSite.open(where, options);
    sites.push(site);
    return site;
  };
  const aged = async (): Promise<TestSite> => {
    const site = await open();
    await agedSite(site);
    await site.change({ deleteObsoleteUpdates: true });
    return site;
  };
  afterEach(async () => {
    for (const site of sites.splice(0)) await site.database.close().catch(() => undefined);
  });

  it('declines what has left the site database, and a revived update loses the mark', async () => {
    const site = await open();
    await agedSite(site);
    const declined = async (): Promise<number[]> =>
      (await site.database.allSoftwareUpdates()).filter((row) => row.isDeclined).map((row) => row.ciId);
    expect(await declined(), 'after the synchronizations').to.have.length(5);
    expect(site.lines).to.include.members([
      'Starting cleanup on WSUS, default server cs1.test',
      'Cleaning up WSUS server cs1.test',
      'Calling WSUS Cleanup.',
      'Successfully completed WSUS Cleanup.',
      'Done Declining updates in WSUS Server cs1.test',
    ]);
    expect(site.lines.filter((line) => line.startsWith('Cleanup processed'))).to.deep.equal(
      [1, 4, 0].map(
        (count, index) => `Cleanup processed ${[12, 13, 9][index] ?? 0} total updates and declined ${count}`,
      ),
    );
    site.source.put(update(30, { revision: 3 }));
    await site.sync();
    expect(await declined()).to.have.length(4);
    expect(await site.titles({ name: 'Update 30' })).to.deep.equal(['Update 30']);
  });

  it('does nothing by itself while the settings do not ask for it', async () => {
    const site = await open();
    await agedSite(site);
    await site.change({ callWsusCleanup: false });
    site.lines.length = 0;
    await site.sync();
    await site.activity.idle();
    expect(site.lines.join('\n')).not.to.contain('WSUS Cleanup');
    expect(await storedOf(site)).to.include('1.1');
  });

  it('removes what nothing refers to and keeps what somebody needs', async () => {
    const site = await aged();
    const result = await site.maintain();
    expect(await storedOf(site)).to.deep.equal(
      ['1.2', '10.2', '11.2', '21.1', '30.2', '31.1', '50.1', '51.1', '61.1', '62.1', '99.1'].sort(),
    );
    expect(result).to.include({
      WhatIf: false,
      Interrupted: false,
      DeletedUpdates: 3,
      DeletedRevisions: 8,
      RemainingRevisions: 0,
    });
    expect(site.lines).to.include(
      '3 update(s) were deleted from the catalogue in Server: cs1.test, 8 revision(s) in total',
    );
    expect(
      (await site.database.allSoftwareUpdates()).map((row) => row.updateKey),
      'their rows are gone',
    ).to.have.length(11);
  });

  it('fetches nothing again afterwards, not in a full synchronization either', async () => {
    const site = await aged();
    await site.maintain();
    site.source.forgetCalls();
    site.source.put(update(98));
    expect((await site.sync({ fullSync: true })).Counts).to.include({
      New: 1,
      Expired: 0,
      Removed: 0,
      DocumentsFetched: 1,
    });
    expect(site.source.fetched).to.deep.equal([identityKey({ updateId: guidOf(98), revisionNumber: 1 })]);
    expect((await site.titles()).sort()).to.deep.equal([
      'Update 1',
      'Update 10',
      'Update 21',
      'Update 31',
      'Update 51',
      'Update 62',
      'Update 98',
      'Update 99',
    ]);
  });

  it('lets exactly those come back that a new bundle holds or a new update requires', async () => {
    const site = await aged();
    await site.maintain();
    const unlisted = { categories: [], deployable: false };
    site.source.put(update(70, { bundles: [{ id: guidOf(1), revision: 1 }], prerequisites: [guidOf(22)] }));
    for (const [number, revision] of [
      [1, 1],
      [22, 1],
    ] as const) {
      const parts = update(number, { revision, title: `again ${number}` });
      site.source.offered.set(identityKey({ updateId: parts.id, revisionNumber: revision }), {
        identity: { updateId: parts.id, revisionNumber: revision },
        isConfig: false,
        categories: unlisted.categories,
        sequence: 0,
        xml: updateDocument(parts),
      });
    }
    site.source.forgetCalls();
    expect((await site.sync()).Counts).to.include({ DocumentsFetched: 3, Failed: 0 });
    expect(await storedOf(site))
      .to.include.members(['1.1', '22.1', '70.1'])
      .and.not.to.include('11.1');
    site.source.forgetCalls();
    await site.sync({ fullSync: true });
    expect(site.source.fetched).to.deep.equal([]);
    expect((await site.maintain()).DeletedRevisions).to.equal(0);
  });

  it('lets updates come back that changed rules want again', async () => {
    const site = await aged();
    await site.maintain();
    await site.change({ immediatelyExpireSupersedence: false, waitMonth: 99 });
    expect((await site.sync()).Kind).to.equal('Full');
    expect(await storedOf(site))
      .to.include('20.1')
      .and.not.to.include('1.1');
    expect(await site.titles()).to.include('Update 20');
  });

  it('names before what it does then, and changes nothing by naming it', async () => {
    const site = await open({ generation: 2, before: await aged() });
    const before = await contentOf(site);
    const preview = await site.maintain({ whatIf: true });
    expect(await contentOf(site)).to.deep.equal(before);
    const result = await site.maintain();
    const sorted = (items: typeof result.Items): typeof result.Items =>
      [...items].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    expect(sorted(preview.Items)).to.deep.equal(sorted(result.Items));
    expect({ ...preview, ...NEUTRAL }).to.deep.equal({ ...result, ...NEUTRAL });
    expect(
      preview.Items.find((item) => item.Action === 'DeleteUpdate' && item.LocalizedDisplayName === 'Update 20'),
    ).to.deep.include({
      CI_UniqueID: guidOf(20),
      RevisionNumber: 1,
      Reason: 'It has been declined for 30 days and nothing refers to it.',
    });
    expect(preview.FreedBytes).to.be.greaterThan(0);
  });

  it('names the whole way of an update where no days have to pass', async () => {
    const site = await open();
    await agedSite(site);
    await site.change({ deleteObsoleteUpdates: true, obsoleteAgeDays: 0, updatesCleanupAgeDays: 0 });
    site.source.put(update(51, { revision: 2, publicationState: 'Expired' }), update(97));
    await site.change({ updatesCleanupAgeDays: 1, callWsusCleanup: false, deleteObsoleteUpdates: false });
    await site.sync();
    await site.change({ updatesCleanupAgeDays: 0, callWsusCleanup: true, deleteObsoleteUpdates: true });
    const preview = await site.maintain({ whatIf: true });
    expect(preview.Items.filter((item) => item.CI_UniqueID === guidOf(51)).map((item) => item.Action)).to.deep.equal([
      'Remove',
      'Decline',
      'DeleteUpdate',
    ]);
    const result = await site.maintain();
    expect({ ...preview, ...NEUTRAL }).to.deep.equal({ ...result, ...NEUTRAL });
    expect(await storedOf(site))
      .not.to.include.members(['50.1'])
      .and.not.to.include('51.2');
  });

  it('compacts the documents, and every one that is left can be read', async () => {
    const site = await aged();
    const { content } = (await contentOf(site)) as { content: Record<string, string> };
    await site.context.documents.append('updates', [Buffer.from('a batch that was never acknowledged')]);
    const next = await open({ generation: 2, before: site });
    const before = fs.readdirSync(path.join(folder(), 'documents'));
    const result = await next.maintain();
    expect(result.CompactedSegments).to.equal(1);
    expect(result.FreedBytes).to.be.greaterThan(0);
    expect(fs.readdirSync(path.join(folder(), 'documents'))).not.to.include(
      before.find((file) => file.endsWith('1.seg')),
    );
    const after = ((await contentOf(next)) as { content: Record<string, string> }).content;
    expect(Object.keys(after).length).to.equal(Object.keys(content).length - 8);
    for (const [id, document] of Object.entries(after)) expect(document).to.equal(content[id]);
    expect((await next.maintain()).CompactedSegments, 'nothing is left to do').to.equal(0);
  });

  it('lets a reader that holds an old place find the document', async () => {
    const site = await aged();
    const next = await open({ generation: 2, before: site });
    const { documents, database } = next.context;
    const gone = new Set<number>();
    const read = documents.read.bind(documents);
    // The place is asked for, then everything is moved, then the document is read.
    documents.read = async (location) => {
      if (gone.size === 0) {
        gone.add(location.segment);
        documents.read = read;
        await next.maintain();
      }
      return read(location);
    };
    const [found] = await next.updates({ name: 'Update 31', lazy: true });
    expect(found?.LocalizedInformation?.[0]?.DisplayName).to.equal('Update 31');
    expect([...gone]).not.to.include((await database.documentLocation(1))?.segment);
  });

  it('stops for a synchronization, which nobody has to ask for twice, and goes on after it', async () => {
    const site = await aged();
    const maintenance = site.maintain();
    const run = await site.sync();
    expect(run.Succeeded).to.equal(true);
    expect((await maintenance).Interrupted).to.equal(true);
    await site.activity.idle();
    expect(site.lines).to.include('WSUS cleanup stopped. It continues later.');
    expect(await storedOf(site)).not.to.include('1.1');
  });

  it('is refused while a synchronization runs, also as a question', async () => {
    const site = await aged();
    let goOn: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => {
      site.source.onOpen = async () => {
        resolve();
        await new Promise<void>((end) => {
          goOn = end;
        });
      };
    });
    const run = site.sync();
    await reached;
    expect([await rejectionOf(site.maintain()), await rejectionOf(site.maintain({ whatIf: true }))]).to.deep.equal([
      'SyncAlreadyRunning',
      'SyncAlreadyRunning',
    ]);
    goOn();
    expect((await run).Succeeded).to.equal(true);
  });

  it('takes requests of two at once one after the other, and answers a repeated one with what it did', async () => {
    const site = await aged();
    const requestId = newRequestId();
    const [first, second] = await Promise.all([site.maintain({ requestId }), site.maintain()]);
    expect([first.DeletedUpdates, second.DeletedUpdates]).to.deep.equal([3, 0]);
    expect(await site.maintain({ requestId })).to.deep.equal(first);
  });

  it('that fails is logged and never fails the synchronization', async () => {
    const site = await aged();
    site.failCommit = (changes) => changes.removedRevisions !== undefined;
    const run = await site.sync();
    await site.activity.idle();
    expect(run.Succeeded).to.equal(true);
    expect(site.lines).to.include('WSUS cleanup failed: the disk is full');
    expect(await rejectionOf(site.maintain())).to.equal('Error: the disk is full');
    site.failCommit = () => false;
    await site.maintain();
    expect(await storedOf(site)).not.to.include('1.1');
  });

  it('removes for thirty minutes at most and goes on the next time', async () => {
    const site = await open();
    await agedSite(site);
    site.source.batchSize = 50;
    const many = Array.from({ length: 120 }, (_unused, index) => index + 0x1000);
    site.source.put(...many.map((number) => update(number)));
    await site.sync();
    site.source.put(...many.map((number) => update(number, { revision: 2 })), update(0x2000));
    await site.sync();
    await passDays(site, 40);
    await site.change({ deleteObsoleteUpdates: true });
    site.failCommit = (changes) => {
      if (changes.removedRevisions !== undefined) site.clock += 31 * 60 * 1000;
      return false;
    };
    const result = await site.maintain();
    expect([result.DeletedRevisions, result.RemainingRevisions, result.Interrupted]).to.deep.equal([100, 28, false]);
    expect(site.lines).to.include('28 obsolete revision(s) are left after 30 minutes. The next cleanup removes them.');
    expect((await site.maintain()).DeletedRevisions).to.equal(28);
  });
});

/** What differs between a preview and the maintenance it announces. */
const NEUTRAL = {
  WhatIf: null,
  StartTime: null,
  DurationSeconds: null,
  FreedBytes: null,
  CompactedSegments: null,
  Items: null,
};
