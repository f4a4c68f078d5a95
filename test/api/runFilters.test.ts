import { expect } from 'chai';
import type { RunListRequest } from '../../server/contract/generated/types.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { testSite } from '../engine/TestSite.js';

describe('Runs', () => {
  const site = testSite();

  it('are found by state, kind and time, the newest first', async () => {
    await site().sync();
    const second = await site().sync();
    site().source.onOpen = async () =>
      Promise.reject(new SyncError('UpstreamUnreachable', { url: 'http://up', reason: 'no name' }));
    await site().sync();
    const list = async (params: RunListRequest): Promise<number[]> =>
      (await site().service['run/list'](params, site().request())).runs.map((run) => run.Id);
    expect(await list({})).to.deep.equal([3, 2, 1]);
    expect(await list({ state: ['Succeeded'] })).to.deep.equal([2, 1]);
    expect(await list({ state: ['Succeeded'], newest: 1 })).to.deep.equal([2]);
    expect(await list({ state: ['Failed', 'Running'] })).to.deep.equal([3]);
    expect(await list({ kind: 'Full' })).to.deep.equal([1]);
    expect(await list({ startedFrom: second.StartTime })).to.deep.equal([3, 2]);
    expect(await list({ startedTo: second.StartTime, kind: 'Delta' })).to.deep.equal([2]);
    expect(await list({ state: ['Cancelled'] })).to.deep.equal([]);
    expect(await list({ before: 3, newest: 1 })).to.deep.equal([2]);
    expect(await list({ before: 3, state: ['Succeeded', 'Failed'] })).to.deep.equal([2, 1]);
  });
});
