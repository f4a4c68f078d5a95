import { expect } from 'chai';
import type { Alert, AlertListRequest, AlertSetRequest } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { rejectionOf } from '../fixtures/rejection.js';

describe('The alert of the synchronization', () => {
  const site = testSite();
  const list = async (params: AlertListRequest = { typeId: 1 }): Promise<Alert[]> =>
    (await site().service['alert/list'](params, site().request())).alerts;
  const set = async (params: Partial<AlertSetRequest>): Promise<Alert> =>
    (await site().service['alert/set']({ requestId: newRequestId(), ...params }, site().request())).alert;
  const fail = async (): Promise<void> => {
    site().source.onOpen = async () =>
      Promise.reject(new SyncError('UpstreamUnreachable', { url: 'http://up', reason: 'no name' }));
    await site().sync();
    site().source.onOpen = async () => Promise.resolve();
  };
  const name = 'Synchronization failure alert for software update point: cs1.test';

  it('exists while it is switched on; a failure raises it, a success cancels it', async () => {
    await fail();
    expect(await list()).to.deep.equal([]);
    const { component } = await site().set({ enableSyncFailureAlert: true });
    expect(component.EnableSyncFailureAlert).to.equal(true);
    expect((await list())[0]).to.deep.include({
      Name: name,
      AlertState: 5,
      RuleState: 2,
      OccurrenceCount: 0,
      DateFirstActivated: null,
      ClosedBy: '',
      TypeInstanceID: 'CS1',
      RootCauseMessage: '',
    });
    await site().sync();
    expect((await list())[0]?.AlertStateName).to.equal('NeverTriggered');
    await fail();
    const raised = (await list())[0];
    await fail();
    const again = (await list())[0];
    expect(again).to.deep.include({
      AlertState: 0,
      RuleState: 0,
      OccurrenceCount: 2,
      DateFirstActivated: raised?.DateFirstActivated,
      DateAlertStateModified: raised?.DateAlertStateModified,
    });
    expect(again?.RootCauseMessage).to.match(/^UpstreamUnreachable: .*no name/);
    await site().sync();
    expect((await list())[0]).to.deep.include({ AlertState: 2, RuleState: 1, OccurrenceCount: 2, ClosedBy: 'SYSTEM' });
    await site().set({ enableSyncFailureAlert: false });
    expect(await list()).to.deep.equal([]);
    await site().set({ enableSyncFailureAlert: true });
    expect((await list())[0]).to.deep.include({ ID: (again?.ID ?? 0) + 1, AlertState: 5, OccurrenceCount: 0 });
  });

  it('is not raised by a run that was stopped', async () => {
    await site().set({ enableSyncFailureAlert: true });
    let isOpened: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => {
      isOpened = resolve;
    });
    let goOn: () => void = () => undefined;
    site().source.onOpen = async () =>
      new Promise<void>((resolve) => {
        goOn = resolve;
        isOpened();
      });
    const { run } = await site().start();
    await opened;
    const stopped = site().service['run/stop']({ requestId: newRequestId() }, site().request());
    await Promise.resolve();
    goOn();
    await stopped;
    expect([(await site().wait(run.Id)).State, (await list())[0]?.AlertState]).to.deep.equal(['Cancelled', 5]);
  });

  it('is found by its filters', async () => {
    await site().set({ enableSyncFailureAlert: true });
    const id = (await list())[0]?.ID ?? 0;
    for (const found of [
      { id },
      { name: 'synchronization FAILURE*' },
      { name, wildcard: false },
      { typeId: 1, typeInstanceId: 'CS?' },
    ])
      expect(await list(found), JSON.stringify(found)).to.have.length(1);
    for (const none of [
      { id: id + 1 },
      { name: 'Sync' },
      { name: 'sync*', wildcard: false },
      { typeId: 99 },
      { typeInstanceId: 'X*' },
    ])
      expect(await list(none), JSON.stringify(none)).to.deep.equal([]);
  });

  it('keeps what an administrator says of it through runs', async () => {
    await site().set({ enableSyncFailureAlert: true });
    const id = (await list())[0]?.ID ?? 0;
    await set({ id, comment: 'call us', severity: 'Warning', parameterValue: '<a/>' });
    await set({ name: 'Sync*', wildcard: true, newName: 'Renamed' });
    await fail();
    expect((await list())[0]).to.deep.include({
      Name: 'Renamed',
      Comments: 'call us',
      Severity: 2,
      SeverityName: 'Warning',
      ParameterValues: '<a/>',
      AlertState: 0,
    });
    expect(await rejectionOf(set({ id: id + 1, comment: '' }))).to.equal('AlertNotFound');
    expect(await rejectionOf(set({ name: 'Ren*', comment: '' }))).to.equal('AlertNotFound');
    expect(await rejectionOf(set({ id }))).to.equal('ContradictoryParameters');
    expect(await rejectionOf(set({ comment: '' }))).to.equal('ContradictoryParameters');
  });
});

describe('The switches for third-party updates', () => {
  const site = testSite();
  const value = async (): Promise<number | undefined> =>
    (await site().service['component/get']({ component: 'SMS_WSUS_SYNC_MANAGER' }, site().request())).Props.find(
      (prop) => prop.PropertyName === 'EnableThirdPartyUpdates',
    )?.Value;

  it('are kept under the name of the product, with a warning', async () => {
    expect(await value()).to.equal(0);
    const { warnings, component } = await site().set({ enableThirdPartyUpdates: true });
    expect([warnings.length, component.EnableThirdPartyUpdates, await value()]).to.deep.equal([1, true, 2]);
    expect(warnings[0]).to.contain('not synchronized');
    await site().set({ enableManualCertManagement: true });
    expect(await value()).to.equal(1);
    expect((await site().set({ enableThirdPartyUpdates: false })).warnings).to.deep.equal([]);
    expect(await value()).to.equal(0);
  });

  it('refuse to manage a certificate that nobody needs', async () => {
    for (const request of [
      { enableManualCertManagement: true },
      { enableManualCertManagement: false },
      { enableThirdPartyUpdates: false, enableManualCertManagement: true },
    ]) {
      expect(await rejectionOf(site().set(request)), JSON.stringify(request)).to.equal('ContradictoryParameters');
    }
  });
});
