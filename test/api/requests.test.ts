import { getEventListeners } from 'node:events';
import { expect } from 'chai';
import type { ComponentSetRequest } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { raceAbort } from '../../server/upstream/WsusSession.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { SECURITY, update, WINDOWS_10 } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';

describe('Requests to the engine', () => {
  const site = testSite();
  /** Holds the upstream's answer until it is let go. */
  const hold = (): (() => void) => {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    site().source.onList = async () => gate;
    return go;
  };

  it('that are sent again get the stored answer and start nothing', async () => {
    const requestId = newRequestId();
    const first = await site().start({ requestId });
    await site().wait(first.run.Id);
    expect(await site().start({ requestId })).to.deep.equal(first);
    expect(site().source.opened).to.equal(1);
    const change = newRequestId();
    const answer = await site().set({ requestId: change, addLanguageSummaryDetail: ['German'] });
    await site().set({ removeLanguageSummaryDetail: ['de'] });
    expect(await site().set({ requestId: change, addLanguageSummaryDetail: ['German'] })).to.deep.equal(answer);
    expect((await site().component()).LanguageSummaryDetails).to.deep.equal(['English']);
  });

  it('that are sent again while the first is on its way get the same answer', async () => {
    const go = hold();
    const requestId = newRequestId();
    const answers = await Promise.allSettled([site().start({ requestId }), site().start({ requestId })]);
    go();
    await site().wait(1);
    expect(answers.map((answer) => answer.status)).to.deep.equal(['fulfilled', 'fulfilled']);
  });

  it('for a second run are refused or join the one that is under way', async () => {
    const go = hold();
    const { run } = await site().start({ requester: 'CONTOSO\\admin' });
    expect(await rejectionOf(site().start())).to.equal('SyncAlreadyRunning');
    expect(await site().start({ join: true }))
      .to.deep.include({ started: false })
      .and.have.nested.property('run.Id', run.Id);
    go();
    expect(await site().wait(run.Id)).to.include({ Succeeded: true, RequestedBy: 'CONTOSO\\admin' });
    expect((await site().start()).run.Id).to.equal(run.Id + 1);
    await site().wait(run.Id + 1);
  });

  it('that join a run which is only beginning wait for it', async () => {
    const lease = await site().activity.begin('maintenance');
    const first = site().start();
    await new Promise((resolve) => lease.signal.addEventListener('abort', resolve, { once: true }));
    const joined = site().start({ join: true });
    lease.release();
    expect(await joined).to.include({ started: false });
    expect((await joined).run.Id).to.equal((await first).run.Id);
    await site().wait((await first).run.Id);
  });

  it('to wait end with the time limit and with a cancellation, and the run goes on', async () => {
    const go = hold();
    const { run } = await site().start();
    const waiting = (timeoutSeconds: number | undefined, signal?: AbortSignal): Promise<string> =>
      rejectionOf(site().service['run/wait']({ id: run.Id, timeoutSeconds }, site().request(signal)));
    expect(await waiting(0)).to.equal('WaitTimeout');
    const abort = new AbortController();
    const cancelled = waiting(undefined, abort.signal);
    abort.abort();
    expect(await cancelled).to.equal('Cancelled');
    go();
    expect((await site().wait(run.Id)).Succeeded).to.equal(true);
  });

  it('to wait that were cancelled before they began end at once', async () => {
    const go = hold();
    const { run } = await site().start();
    const cancelled = rejectionOf(site().service['run/wait']({ id: run.Id }, site().request(AbortSignal.abort())));
    setImmediate(go);
    expect(await cancelled).to.equal('Cancelled');
    await site().wait(run.Id);
  });

  it('to wait for months do not end at once', async () => {
    const go = hold();
    const { run } = await site().start();
    const waiting = rejectionOf(
      site().service['run/wait']({ id: run.Id, timeoutSeconds: 10_000_000 }, site().request()),
    );
    expect(
      await rejectionOf(site().service['run/wait']({ id: run.Id, timeoutSeconds: 0.01 }, site().request())),
    ).to.equal('WaitTimeout');
    go();
    expect(await waiting).to.equal('fulfilled');
  });

  it('for a run that does not exist are refused', async () => {
    expect(await rejectionOf(site().wait(77))).to.equal('RunNotFound');
    expect(await rejectionOf(site().service['run/list']({ id: 77 }, site().request()))).to.equal('RunNotFound');
  });

  it('to watch see progress that never falls and the end', async () => {
    site().source.put(...Array.from({ length: 10 }, (_unused, index) => update(index + 1)));
    const go = hold();
    const { run } = await site().start();
    await site().service['run/watch']({ id: run.Id }, site().request());
    go();
    await site().wait(run.Id);
    const percents = site().notifications.map((progress) => progress.PercentComplete);
    expect(percents.length).to.be.greaterThan(4);
    expect(percents).to.deep.equal([...percents].sort((a, b) => a - b));
    expect(site().notifications.at(-1)).to.include({ State: 'Succeeded', PercentComplete: 100, RunId: run.Id });
  });

  it('to watch runs on a connection that stays leave nothing behind there when the runs have ended', async () => {
    const { closed } = site().request();
    for (let round = 0; round < 3; round += 1) {
      const go = hold();
      const { run } = await site().start();
      await site().service['run/watch']({ id: run.Id }, { ...site().request(), closed });
      expect(getEventListeners(closed, 'abort')).to.have.length(1);
      go();
      await site().wait(run.Id);
    }
    expect(getEventListeners(closed, 'abort')).to.have.length(0);
  });

  it('to stop a run end it as cancelled, what it committed stays, and the next one goes on from there', async () => {
    // More than are on their way at the same time: some are stored while others are asked for.
    site().source.put(...Array.from({ length: 40 }, (_unused, index) => update(index + 1)));
    const stop = async (requestId = newRequestId(), id?: number) =>
      site().service['run/stop']({ requestId, requester: 'CONTOSO\\admin', id }, site().request());
    expect(await stop()).to.deep.equal({ run: null, stopped: false });
    const reached = new Promise<void>((resolve) => {
      site().source.onFetch = async (_identities, signal) => {
        await new Promise((done) => setImmediate(done));
        if ((await site().database.counts()).revisions <= 9) return;
        resolve();
        await raceAbort(new Promise(() => undefined), signal);
      };
    });
    const { run } = await site().start();
    const waiting = site().wait(run.Id);
    await reached;
    const requestId = newRequestId();
    const [first, second] = await Promise.all([stop(requestId), stop(newRequestId(), run.Id)]);
    expect(first.run).to.include({
      Id: run.Id,
      State: 'Cancelled',
      Succeeded: false,
      ErrorId: 'Cancelled',
      ErrorMessage: `Run ${run.Id} was cancelled.`,
    });
    expect([first.stopped, second.stopped]).to.deep.equal([true, true]);
    expect(await waiting).to.deep.equal(first.run);
    expect(await site().status()).to.include({
      LastSyncState: 6703,
      LastSyncErrorId: 'Cancelled',
      LastSyncErrorCode: 0x800704c7,
    });
    expect(site().lines.join('\n'))
      .to.contain(`Stopping sync (run ${run.Id}) on request of CONTOSO\\admin.`)
      .and.to.contain('Sync failed: UserCanceled: Run');
    expect(await stop(requestId), 'sent again').to.deep.equal(first);
    expect(await stop(newRequestId(), run.Id)).to.deep.equal({ run: first.run, stopped: false });
    expect(await rejectionOf(stop(newRequestId(), 77))).to.equal('RunNotFound');
    const stored = (await site().database.counts()).revisions;
    expect(stored).to.be.greaterThan(9);
    site().source.onFetch = async () => Promise.resolve();
    site().source.forgetCalls();
    expect(await site().sync()).to.include({ Succeeded: true });
    expect(site().source.fetched).to.have.length(9 + 40 - stored);
  });

  it('to wait give the run as it stands at the time limit when that is wanted', async () => {
    const go = hold();
    const { run } = await site().start();
    const late = await site().service['run/wait'](
      { id: run.Id, timeoutSeconds: 0, returnRunning: true },
      site().request(),
    );
    expect(late.run).to.include({ Id: run.Id, State: 'Running', EndTime: null });
    expect(late.run.DurationSeconds).to.be.greaterThan(0);
    go();
    await site().wait(run.Id);
  });

  it('to stop the engine end the run as failed and what was committed stays', async () => {
    const go = hold();
    const { run } = await site().start();
    const stopped = site().service['engine/stop']({ requestId: newRequestId() }, site().request());
    go();
    await stopped;
    expect((await site().service['run/list']({ id: run.Id }, site().request())).runs[0]).to.include({
      State: 'Failed',
      ErrorId: 'EngineStopped',
    });
  });

  it(
    'to change the subscription while a full run works make the next one full, and nothing counts as ' + 'gone',
    async () => {
      site().source.put(update(1), update(2, { categories: [WINDOWS_10, SECURITY] }));
      await site().set({ addProduct: ['Windows 10'] });
      await site().sync();
      await site().set({ removeProduct: ['Windows 10'] });
      let changed = false;
      site().source.onList = async (filter) => {
        if (filter.config || changed) return;
        changed = true;
        await site().set({ addProduct: ['Windows 10'] });
      };
      expect(await site().sync({ fullSync: true })).to.include({ Succeeded: true, Kind: 'Full' });
      expect(changed).to.equal(true);
      expect(await site().updates({ isExpired: true })).to.deep.equal([]);
      expect(site().lines).to.include(
        'The subscription was changed while the run worked; the next synchronization will be a full one.',
      );
      expect((await site().sync()).Kind).to.equal('Full');
      expect((await site().sync()).Kind).to.equal('Delta');
    },
  );

  it('for a run that waits for its turn when the engine ends are left to the next engine', async () => {
    const lease = await site().activity.begin('maintenance');
    const closed = new AbortController();
    const start = site().service['sync/start'](
      { requestId: newRequestId() },
      { ...site().request(), closed: closed.signal },
    );
    const answer = rejectionOf(start);
    while (!lease.signal.aborted)
      await new Promise((resolve) => lease.signal.addEventListener('abort', resolve, { once: true }));
    const late = rejectionOf(
      site().service['sync/start']({ requestId: newRequestId() }, { ...site().request(), closed: closed.signal }),
    );
    await site().runner.end(new SyncError('EngineStopped', { run: 0 }));
    lease.release();
    closed.abort();
    expect([await answer, await late]).to.deep.equal(['Cancelled', 'Cancelled']);
    expect(
      await rejectionOf(
        site().service['sync/start']({ requestId: newRequestId() }, { ...site().request(), closed: closed.signal }),
      ),
    ).to.equal('Cancelled');
    expect(site().source.opened).to.equal(0);
    expect(site().activity.isActive).to.equal(false);
  });

  it('to change the component while a run is under way are not overwritten by it', async () => {
    const go = hold();
    const { run } = await site().start();
    await site().set({ addLanguageSummaryDetail: ['German'], addProduct: ['Office 2019'] });
    go();
    await site().wait(run.Id);
    const component = await site().component();
    expect(component.LanguageSummaryDetails).to.deep.equal(['English', 'German']);
    expect(component.Products.map((name) => name.trim())).to.deep.equal(['Office 2019', 'Windows 11']);
  });

  const WRONG: readonly [string, Partial<ComponentSetRequest>][] = [
    ['UnknownCategory', { addProduct: ['Windows 10', 'Windws 11'] }],
    ['UnknownCategory', { setUpdateClassification: ['Nothing'] }],
    ['UnknownLanguage', { addLanguageUpdateFile: ['Klingon'] }],
    ['LanguageSetEmpty', { removeLanguageSummaryDetail: ['English'] }],
    ['UpstreamUrlInvalid', { upstreamSourceLocation: 'not a url' }],
    ['UpstreamUrlInvalid', { upstreamSourceLocation: 'ftp://x' }],
    ['UpstreamUrlInvalid', { upstreamSourceLocation: 'http://x/SimpleAuth.asmx' }],
    ['UpstreamUrlInvalid', { upstreamSourceLocation: 'http://x/?a=b' }],
    [
      'ContradictoryParameters',
      { synchronizeAction: 'SynchronizeFromMicrosoftUpdate', upstreamSourceLocation: 'http://x' },
    ],
    ['ContradictoryParameters', { synchronizeAction: 'SynchronizeFromAnUpstreamDataSourceLocation' }],
    ['CABundleInvalid', { sourceCABundle: 'text' }],
    ['CABundleInvalid', { sourceCABundle: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }],
    ['ContradictoryParameters', { proxyServer: 'no url' }],
  ];
  for (const [errorId, params] of WRONG) {
    it(
      `with ${JSON.stringify(params).slice(0, 60)} are refused with ${errorId} and leave the settings as they ` +
        `were`,
      async () => {
        await site().sync();
        const before = await site().component();
        expect(
          await rejectionOf(site().set({ addLanguageUpdateFile: ['French'], addCompany: ['Microsoft'], ...params })),
        ).to.equal(errorId);
        expect(await site().component()).to.deep.equal(before);
      },
    );
  }

  it('choose all products also where wildcards stand for themselves', async () => {
    await site().sync();
    expect((await site().set({ allProducts: true, wildcard: false })).component.Products).to.have.length(3);
  });

  it('warn of names that are kept as pending', async () => {
    expect((await site().set({ addProduct: ['Later'] })).warnings.join()).to.include('Later');
    await site().sync();
    expect(
      (await site().set({ addProduct: ['Even later'], allowPending: true })).component.PendingCategories,
    ).to.deep.equal(['Product:Later', 'Product:Even later']);
  });
});
