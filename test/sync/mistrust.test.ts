import { expect } from 'chai';
import type { Run } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { readSettings } from '../../server/state/settingsStore.js';
import { RunRecorder } from '../../server/sync/RunRecorder.js';
import type { BroughtCatalogue } from '../../server/sync/SyncContext.js';
import { synchronizeWsus } from '../../server/sync/synchronizeWsus.js';
import { readerHere } from '../../server/sync/reading/BatchReader.js';
import { testSite } from '../engine/TestSite.js';
import { OFFICE_2019, productBelow, SECURITY, update, WINDOWS } from '../engine/catalogue.js';
import { guidOf } from '../fixtures/updateDocuments.js';

describe('An upstream that cannot be what it was', () => {
  const site = testSite();
  /** Gives lists anchors of the Windows form, by the seconds that are set here. */
  let seconds = 30;
  const anchor = (at: number): string => `7,2024-01-01 00:00:${String(at).padStart(2, '0')}.000`;
  beforeEach(async () => {
    seconds = 30;
    site().source.put(update(1), update(2));
    site().source.reshape = (list) => ({ ...list, anchor: anchor(seconds) });
    await site().sync();
    site().source.forgetCalls();
  });

  for (const [list, earlier] of [
    ['configuration', 0],
    ['updates', 1],
  ] as const) {
    it(`is followed anew when the anchor of its ${list} is earlier than ours`, async () => {
      let lists = 0;
      site().source.reshape = (answer) => ({ ...answer, anchor: anchor((lists += 1) - 1 === earlier ? 10 : 30) });
      const run = await site().sync();
      expect(run).to.include({
        Succeeded: true,
        Kind: 'Full',
        Reason: 'the upstream server was restored to an earlier state',
      });
      expect(
        site()
          .source.listed.slice(-2)
          .map((filter) => [filter.config, filter.anchor]),
      ).to.deep.equal([
        [true, ''],
        [false, ''],
      ]);
      expect(site().source.listed.at(-1)?.categories).to.deep.include({ id: guidOf(0xb1), delta: false });
      expect(site().source.fetched).to.deep.equal([]);
      expect(site().lines).to.include(
        `Full sync (run ${run.Id}), because the upstream server was restored to an earlier state.`,
      );
      expect((await site().service['run/list']({ id: run.Id }, site().request())).runs[0]).to.include({ Kind: 'Full' });
      expect(await site().sync()).to.include({ Kind: 'Delta' });
    });
  }

  it('keeps the newer revisions that the site has when it was restored', async () => {
    site().source.put(update(1, { revision: 2, title: 'Newer' }));
    site().source.reshape = (list) => ({
      ...list,
      revisions: list.revisions.length === 0 ? [] : [{ updateId: guidOf(1), revisionNumber: 2 }],
      anchor: anchor(40),
    });
    site().source.onList = async () => Promise.resolve();
    await site().sync({ fullSync: true });
    site().source.offered.delete(`${guidOf(1)}.2`);
    site().source.put(update(1));
    site().source.reshape = (list) => ({ ...list, anchor: anchor(20) });
    expect(await site().sync()).to.include({ Kind: 'Full', Succeeded: true });
    expect((await site().updates()).find((found) => found.CI_UniqueID === guidOf(1))).to.include({
      LocalizedDisplayName: 'Newer',
      RevisionNumber: 2,
    });
  });

  it('stays a reason for a full synchronization until one succeeds', async () => {
    seconds = 10;
    site().source.onFetch = async () => Promise.resolve();
    site().source.put(update(3));
    site().source.onFetch = async () =>
      Promise.reject(new SyncError('UpstreamConnectionCut', { url: 'memory.test', operation: 'x', reason: 'reset' }));
    expect(await site().sync()).to.include({ State: 'Failed', Kind: 'Full' });
    site().source.onFetch = async () => Promise.resolve();
    expect(await site().sync()).to.include({
      Succeeded: true,
      Kind: 'Full',
      Reason: 'the upstream server was restored to an earlier state',
    });
    expect(await site().sync()).to.include({ Kind: 'Delta' });
  });

  it('that says its server changed makes the run a full one with that reason', async () => {
    let isFirst = true;
    site().source.onOpen = async () => {
      if (isFirst) {
        isFirst = false;
        throw new SyncError('UpstreamServerChanged', { url: 'memory.test' });
      }
      return Promise.resolve();
    };
    expect(await site().sync()).to.include({
      Succeeded: true,
      Kind: 'Full',
      Reason: 'the upstream server was replaced',
    });
    expect(await site().sync()).to.include({ Kind: 'Delta' });
  });

  it('is followed anew without telling twice of a name that has appeared', async () => {
    await site().set({ addProduct: ['Windows 12'], allowPending: true });
    site().source.put(productBelow(0xc1, 'Windows 12', WINDOWS), update(3));
    let isChanged = false;
    site().source.onFetch = async (identities) => {
      if (isChanged || !identities.some(({ updateId }) => updateId === update(3).id)) return Promise.resolve();
      isChanged = true;
      throw new SyncError('UpstreamServerChanged', { url: 'memory.test' });
    };
    expect(await site().sync()).to.include({ Succeeded: true, Reason: 'the upstream server was replaced' });
    const told = 'The pending Product Windows 12 is now known and subscribed.';
    expect(site().lines.filter((line) => line === told)).to.deep.equal([told]);
  });

  /** Gives the WSUS phase of a run that is about to begin. */
  const beginning = async (kind: Run['Kind'], allowMassExpiry = false): Promise<() => Promise<BroughtCatalogue>> => {
    const run: Run = { ...(await site().sync()), Kind: kind, State: 'Running' };
    const recorder = new RunRecorder(site().context, {
      run,
      serverName: 'cs1.test',
      sourceName: '',
      report: () => undefined,
    });
    const settings = await readSettings(site().database, 'cs1.test');
    const { source } = site();
    const { signal } = new AbortController();
    const reader = readerHere();
    const context = { ...site().context, recorder, source, reader, signal, allowMassExpiry, isStoredOnly: false };
    return async () => synchronizeWsus(context, settings);
  };

  it('is refused when it suddenly has none of the updates of the subscription', async () => {
    site().source.reshape = (list) =>
      site().source.listed.at(-1)?.config === true ? list : { ...list, revisions: [] };
    const run = await site().sync({ fullSync: true });
    expect(run).to.include({ State: 'Failed', ErrorId: 'UpstreamEmpty' });
    expect(run.ErrorMessage).to.equal(
      'The upstream memory.test offers no updates of the subscription, although the site knows 2.',
    );
    expect(await site().titles({ isExpired: false })).to.have.length(2);
    site().source.reshape = (list) => list;
    const meant = await beginning('Full', true);
    site().source.reshape = (list) =>
      site().source.listed.at(-1)?.config === true ? list : { ...list, revisions: [] };
    expect((await meant()).listed).to.deep.equal(new Set());
  });

  it('may have none of a subscription of which the site has none either', async () => {
    site().source.reshape = (list) => list;
    await site().set({ setProduct: ['Office 2019'] });
    expect(await site().sync()).to.include({ Succeeded: true, Kind: 'Full' });
    site().source.put(update(9, { categories: [OFFICE_2019, SECURITY] }));
    expect(await site().sync()).to.include({ Succeeded: true });
    expect(await site().titles({ isExpired: false })).to.deep.equal(['Update 9']);
  });

  it('tells the site database phase which ids it listed, all of them or the changed ones', async () => {
    const full = await (await beginning('Full'))();
    expect([full.listed, full.relisted]).to.deep.equal([new Set([guidOf(1), guidOf(2)]), undefined]);
    const changed = await beginning('Delta');
    site().source.reshape = (list) =>
      site().source.listed.at(-1)?.config === true
        ? list
        : { revisions: [{ updateId: guidOf(2).toUpperCase(), revisionNumber: 1 }], anchor: anchor(30) };
    const delta = await changed();
    expect([delta.listed, delta.relisted]).to.deep.equal([undefined, new Set([guidOf(2)])]);
  });
});
