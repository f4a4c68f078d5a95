import { expect } from 'chai';
import { getStatus } from '../../server/api/status.js';
import type { ReportedNode } from '../../server/link/fanOut/treeStatuses.js';
import { testSite } from '../engine/TestSite.js';

describe('The rows of the status', () => {
  const site = testSite();

  it('tell of themselves: each its own heartbeat, and that nobody hears of a server whose link is down', async () => {
    const add = async (serverName: string): Promise<unknown> =>
      site().service['sup/add']({ requestId: serverName, serverName }, site().request());
    await add('sup2.test');
    await site().sync();
    site().clock = Date.UTC(2024, 5, 1, 12);
    const [own] = (await getStatus(site().context, { nodes: [], heartbeat: new Date(site().clock) })).status;
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
    const { status } = await getStatus(site().context, { nodes: [dead], heartbeat: new Date(site().clock) });
    expect(
      status.map((row) => [row.WSUSServerName, row.ReplicationLinkStatusName, row.HeartbeatAgeSeconds]),
    ).to.deep.equal([
      ['cs1.test', 'Healthy', 0],
      ['sup2.test', 'Error', 2 * 3600],
    ]);
  });
});
