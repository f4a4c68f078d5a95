import { expect } from 'chai';
import type { SummarizationSchedule } from '../../server/contract/generated/types.js';
import {
  DEFAULT_SUMMARIZATION,
  nextSummarization,
  reasonAgainstInterval,
  SUMMARIZATION_UNIT,
} from '../../server/criteria/summarization.js';
import { summarizeWhenDue } from '../../server/state/summarization.js';
import { newRequestId, testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const HOUR = 3_600_000;

describe('The summarization', () => {
  const site = testSite();
  const get = async (): Promise<SummarizationSchedule> =>
    (await site().service['summarization/get']({}, site().request())).schedule;
  const run = async (requestId = newRequestId()): Promise<SummarizationSchedule> =>
    (await site().service['summarization/run']({ requestId }, site().request())).schedule;
  const set = async (interval: number, unit: 'Days' | 'Hours' | 'Minutes'): Promise<SummarizationSchedule> =>
    (await site().service['summarization/set']({ requestId: newRequestId(), interval, unit }, site().request()))
      .schedule;

  it('counts every update in one of three ways', async () => {
    expect(await get()).to.deep.equal({
      Interval: 12,
      Unit: 'Hours',
      LastRunTime: null,
      NextRunTime: null,
      Updates: 0,
      Current: 0,
      Superseded: 0,
      Expired: 0,
    });
    site().clock = Date.UTC(2024, 1, 10);
    site().source.put(
      update(1),
      update(2),
      update(3, { supersedes: [guidOf(2)] }),
      update(4),
      update(5, { supersedes: [guidOf(4)] }),
    );
    await site().sync();
    site().source.put({ ...update(4), revision: 2, publicationState: 'Expired' });
    await site().sync();
    expect(await run()).to.include({ Updates: 5, Current: 3, Superseded: 1, Expired: 1, NextRunTime: null });
    expect((await get()).LastRunTime).to.match(/^2024-02-10T/);
  });

  it('is as new as the last synchronization, and says when nothing keeps its schedule', async () => {
    site().source.put(update(1), update(2));
    await site().sync();
    expect(await get()).to.include({ Updates: 2, Current: 2 });
    const request = { requestId: newRequestId(), interval: 6, unit: 'Hours' } as const;
    const warned = async (): Promise<readonly string[] | undefined> =>
      (await site().service['summarization/set'](request, site().request())).warnings;
    expect(await warned()).to.deep.equal([]);
    site().isKept = false;
    expect((await warned())?.join()).to.match(/summarized only while an engine .* Install-CMSyncService/);
  });

  it('is made by itself when it is due, and by hand without moving that', async () => {
    site().clock = Date.UTC(2024, 5, 1);
    await summarizeWhenDue(site().context);
    const first = await get();
    site().clock += 11 * HOUR;
    await summarizeWhenDue(site().context);
    expect(await get()).to.deep.equal(first);
    const id = newRequestId();
    await run(id);
    const byHand = await run(id);
    expect([byHand.NextRunTime, byHand.LastRunTime === first.LastRunTime]).to.deep.equal([first.NextRunTime, false]);
    site().clock += HOUR;
    await summarizeWhenDue(site().context);
    expect(Date.parse((await get()).NextRunTime ?? '') - Date.parse(first.NextRunTime ?? '')).to.be.within(
      12 * HOUR,
      12 * HOUR + 1000,
    );
    expect(await set(30, 'Minutes')).to.include({ Interval: 30, Unit: 'Minutes' });
    expect(await rejectionOf(set(5, 'Minutes'))).to.equal('ContradictoryParameters');
  });

  it('takes the intervals of the product', () => {
    for (const [unit, { least, most, length }] of Object.entries(SUMMARIZATION_UNIT) as [
      keyof typeof SUMMARIZATION_UNIT,
      { least: number; most: number; length: number },
    ][]) {
      expect(
        [least - 1, least, most, most + 1].map((interval) => reasonAgainstInterval({ interval, unit }) === undefined),
        unit,
      ).to.deep.equal([false, true, true, false]);
      expect(nextSummarization({ interval: least, unit }, 5)).to.equal(5 + least * length);
    }
    expect(nextSummarization(DEFAULT_SUMMARIZATION, 0)).to.equal(0);
  });
});
