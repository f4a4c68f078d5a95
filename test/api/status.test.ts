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
    const { status } = await getStatus(site().context, { nodes: [dead], ...around });
    expect(
      status.map((row) => [row.WSUSServerName, row.ReplicationLinkStatusName, row.HeartbeatAgeSeconds]),
    ).to.deep.equal([
      ['cs1.test', 'Healthy', 0],
      ['sup2.test', 'Error', 2 * 3600],
    ]);
    const awaited = await getStatus(site().context, { nodes: [{ ...dead, isAwaited: true }], ...around });
    expect(awaited.status[1]?.ReplicationLinkStatusName).to.equal('Degraded');
  });

  it('come with a warning where nobody keeps what is to come', async () => {
    const around = { nodes: [], heartbeat: undefined, isRunning: false };
    const context = { ...site().context, keeper: (): Keeper => 'None' };
    const said = async (): Promise<string> => ((await getStatus(context, around)).warnings ?? []).join();
    expect(await said()).to.equal('');
    await site().set({ schedule: '0001200000100018' });
    expect(await said()).to.match(/^No service keeps the schedule of site CS1: install one with Install-CMSyncService/);
  });
});
