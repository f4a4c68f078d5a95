import { expect } from 'chai';
import type { MessageListRequest, StatusMessage } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { testSite } from '../engine/TestSite.js';

describe('Status messages', () => {
  const site = testSite();
  const list = async (params: MessageListRequest = {}): Promise<StatusMessage[]> =>
    (await site().service['message/list'](params, site().request())).messages;
  const ids = async (params: MessageListRequest = {}): Promise<number[]> =>
    (await list(params)).map((message) => message.MessageID);

  it('tell the story of every run, with what went wrong', async () => {
    await site().sync();
    site().source.onOpen = async () =>
      Promise.reject(new SyncError('UpstreamUnreachable', { url: 'http://up', reason: 'no name' }));
    await site().sync();
    expect(await ids()).to.deep.equal([6701, 6704, 6705, 6702, 6701, 6704, 6703]);
    expect(await ids({ severity: ['Error'] })).to.deep.equal([6703]);
    expect(await ids({ severity: ['All', 'Error'] })).to.have.length(7);
    expect(
      await ids({
        messageId: [6702, 6703],
        component: ['sms_wsus_*'],
        computerName: ['cs1.*'],
        module: ['SMS Server'],
        siteCode: ['cs1'],
      }),
    ).to.deep.equal([6702, 6703]);
    for (const none of [
      { component: ['SMS_WSUS'] },
      { component: ['sms_wsus_*'], wildcard: false },
      { computerName: ['?'] },
      { module: ['x'] },
      { siteCode: ['XYZ'] },
    ])
      expect(await ids(none), JSON.stringify(none)).to.deep.equal([]);
    const failed = (await list({ messageId: [6703] }))[0];
    expect(failed).to.deep.include({
      RecordID: 7,
      Severity: 0xc000_0000,
      MachineName: 'cs1.test',
      TopLevelSiteCode: 'CS1',
      SeverityName: 'Error',
      MessageText: 'WSUS Synchronization failed: The upstream http://up cannot be reached: no name.',
    });
    expect(failed?.InsertionStrings[0]).to.equal('UpstreamUnreachable');
    expect(failed?.Win32Error).to.be.greaterThan(0);
    expect(await ids({ startTime: failed?.Time ?? '' })).to.deep.equal([6703]);
  });

  it('come in pages that together are the whole', async () => {
    await site().sync();
    await site().sync();
    const all = await list();
    const paged: StatusMessage[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: { messages: StatusMessage[]; next: number | null } = await site().service['message/list'](
        { pageSize: 3, after },
        site().request(),
      );
      paged.push(...page.messages);
      after = page.next;
    }
    expect(paged).to.deep.equal(all);
    expect(all.map((message) => message.RecordID)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});
