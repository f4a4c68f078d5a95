import { expect } from 'chai';
import { getStatus } from '../../server/api/status.js';
import type { ReportedNode } from '../../server/link/fanOut/treeStatuses.js';
import type { Keeper } from '../../server/state/keeper.js';
import { testSite } from '../engine/TestSite.js';

describe('The rows of the status', () => {
  const site = testSite();

  it('tell of themselves: each its own heartbeat, and that nobody hears of a server whose link is down', async () => {
    const add = async (serverName: string): Promise<unknown> =>
      site().service['sup/add']({ requestId: serverName, serverName }, site().request());
    await add('sup2.test');
    await site().sync();
    site().clock = Date.UTC(2024, 5, 1, 12);
    const around = { heartbeat: new Date(site().clock), isRunning: false };
    const [own] = (await getStatus(site().context, { nodes: [], ...around })).status;
    const dead: ReportedNode = {
      siteCode: 'CS1',
      serverName: 'sup2.test',
      role: 'SoftwareUpdatePoint',
      connected: false,
      lastSeen: new Date(Date.UTC(2024, 5, 1, 10)),
      lastReport: {
        moduleVersion: '0.2.0',
        siteCode: 'CS1',
        statuses: [{ ...own!, WSUSServerName: 'sup2.test', HeartbeatTime: '2024-06-01T10:00:00.000Z' }],
        handled: { settingsVersion: 0, requestId: 0 },
        sites: [],
        softwareUpdatePoints: [],
        alerts: [],
      },
    };
    const [, unknown] = (await getStatus(site().context, { nodes: [], ...around })).status;
    expect(unknown).to.include({ ReplicationLinkStatus: 2, ReplicationLinkStatusName: 'NotJoined' });
    const { status } = await getStatus(site().context, { nodes: [dead], ...around });
    expect(
      status.map((row) => [row.WSUSServerName, row.ReplicationLinkStatusName, row.HeartbeatAgeSeconds]),
    ).to.deep.equal([
      ['cs1.test', 'Healthy', 0],
      ['sup2.test', 'Error', 2 * 3600],
    ]);
    const awaited = await getStatus(site().context, { nodes: [{ ...dead, isAwaited: true }], ...around });
    expect(awaited.status[1]?.ReplicationLinkStatusName).to.equal('Degraded');
    const idle = { ...dead, connected: true, lastSign: new Date(Date.UTC(2024, 5, 1, 11, 59, 50)) };
    const [, living] = (await getStatus(site().context, { nodes: [idle], ...around })).status;
    expect(living).to.include({ ReplicationLinkStatusName: 'Healthy', HeartbeatAgeSeconds: 10 });
  });

  it('give what stands behind an idle node its sign of life, and what is silent there none', async () => {
    await site().sync();
    const [own] = (await site().service['status/get']({}, site().request())).status;
    const HeartbeatTime = '2024-06-01T10:00:00.000Z';
    const node: ReportedNode = {
      siteCode: 'PS1',
      serverName: 'ps1.test',
      role: 'Site',
      connected: true,
      lastSeen: new Date(HeartbeatTime),
      lastSign: new Date(Date.UTC(2024, 5, 1, 11)),
      lastReport: {
        moduleVersion: '0.2.0',
        siteCode: 'PS1',
        statuses: [
          { ...own!, SiteCode: 'PS1', WSUSServerName: 'ps1.test', HeartbeatTime: null },
          { ...own!, SiteCode: 'PS1', WSUSServerName: 'sup2.test', HeartbeatTime },
          { ...own!, SiteCode: 'PS1', WSUSServerName: 'sup3.test', HeartbeatTime, ReplicationLinkStatus: 2 },
          { ...own!, SiteCode: 'PS1', WSUSServerName: 'sup4.test', HeartbeatTime: null },
        ],
        handled: { settingsVersion: 0, requestId: 0 },
        sites: [],
        softwareUpdatePoints: [],
        alerts: [],
      },
    };
    const { status } = await getStatus(site().context, { nodes: [node], heartbeat: undefined, isRunning: false });
    expect(status.slice(1).map((row) => row.HeartbeatTime)).to.deep.equal([
      '2024-06-01T11:00:00.000Z',
      '2024-06-01T11:00:00.000Z',
      HeartbeatTime,
      null,
    ]);
  });

  it('come with a warning where nobody keeps what is to come', async () => {
    const around = { nodes: [], heartbeat: undefined, isRunning: false };
    const context = { ...site().context, keeper: (): Keeper => 'None' };
    const said = async (): Promise<string> => ((await getStatus(context, around)).warnings ?? []).join();
    expect(await said()).to.equal('');
    site().source.onList = async () => Promise.reject(new Error('no upstream'));
    await site().sync();
    expect(await said()).to.match(/^No service repeats the failed synchronization of site CS1: install one with /);
    await site().set({ schedule: '0001200000100018' });
    expect(await said()).to.match(/^No service keeps the schedule of site CS1: install one with Install-CMSyncService/);
  });
});
