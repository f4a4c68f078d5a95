import { expect } from 'chai';
import type { ComponentStatusClearRequest } from '../../server/contract/generated/types.js';
import { newRequestId, testSite } from '../engine/TestSite.js';

describe('Counts of status messages', () => {
  const site = testSite();
  const counts = async (): Promise<unknown[]> =>
    (await site().service['componentStatus/list']({}, site().request())).components.map((one) => [
      one.ComponentName,
      one.MachineName,
      one.Errors,
      one.Warnings,
      one.Infos,
      one.LastCleared?.slice(0, 10) ?? null,
    ]);
  const clear = async (more: Partial<ComponentStatusClearRequest>): Promise<readonly string[]> =>
    (
      await site().service['componentStatus/clear'](
        { requestId: newRequestId(), componentName: 'sms_wsus_sync_manager', severity: 'All', ...more },
        site().request(),
      )
    ).warnings;
  async function report(first: number, serverName: string, ...numbers: number[]): Promise<void> {
    const time = Date.UTC(2026, 10, 30);
    await site().database.commit({
      messages: numbers.map((messageId, index) => ({
        id: first + index,
        messageId,
        time,
        json: JSON.stringify({ messageId, serverName, time: new Date(time).toISOString() }),
      })),
    });
  }

  it('are by server and severity, and begin again where they are cleared', async () => {
    const { serverName } = site().context.site;
    const name = 'SMS_WSUS_SYNC_MANAGER';
    expect(await counts()).to.deep.equal([[name, serverName, 0, 0, 0, null]]);
    await report(1, serverName.toUpperCase(), 6701, 6703, 6707, 6703);
    await report(5, 'sup2', 6703);
    expect(await counts()).to.deep.equal([
      [name, serverName, 2, 1, 1, null],
      [name, 'sup2', 1, 0, 0, null],
    ]);
    site().clock = Date.UTC(2026, 11, 1);
    expect(await clear({ computerName: 'SUP2' })).to.deep.equal([]);
    await clear({ severity: 'Error' });
    await report(6, serverName, 6703, 6702);
    const time = '2026-12-01';
    expect(await counts()).to.deep.equal([
      [name, serverName, 1, 1, 2, time],
      [name, 'sup2', 0, 0, 0, time],
    ]);
  });

  it('of a component that is not there are not cleared in silence', async () => {
    const [warning] = await clear({ componentName: 'SMS_HIERARCHY_MANAGER' });
    expect(warning).to.match(/^This site has no component SMS_HIERARCHY_MANAGER: no count was set to zero/);
    expect((await clear({ computerName: 'sup9' }))[0]).to.contain(' on sup9: no count');
    expect(await clear({ componentName: '*', wildcard: true })).to.deep.equal([]);
  });
});
