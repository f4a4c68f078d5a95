import { expect } from 'chai';
import type { ReportGetResult, UpdateChange } from '../../server/contract/generated/types.js';
import { CHANGE } from '../../server/criteria/changeKinds.js';
import { testSite } from '../engine/TestSite.js';
import { update } from '../engine/catalogue.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const DAY = 86_400_000;

describe('report/get', () => {
  const site = testSite();

  it('tells of each update once, with all that happened since then', async () => {
    site().clock = Date.UTC(2026, 10, 1);
    site().source.put(update(1), update(2));
    await site().sync();
    site().clock += 2 * DAY;
    const since = new Date(site().clock).toISOString();
    site().source.put(update(3), { ...update(1), revision: 2 });
    await site().sync();
    site().source.put(update(4, { supersedes: [guidOf(3)] }));
    await site().sync();
    const report = async (from: string): Promise<ReportGetResult> =>
      site().service['report/get']({ since: from, format: 'Json' }, site().request());
    const told = async (from: string): Promise<string[]> =>
      (JSON.parse((await report(from)).text) as { Changes: UpdateChange[] }).Changes.map(
        (change) => `${change.LocalizedDisplayName}: ${change.Changes.join(', ')}`,
      ).sort();
    expect(await told(since)).to.deep.equal(['Update 1: Revised', 'Update 3: New, Superseded', 'Update 4: New']);
    expect(await told(new Date(0).toISOString())).to.have.length(4);
    expect(await told(new Date(site().clock + DAY).toISOString())).to.deep.equal([]);
  });

  it('has 5,000 updates, however often each of them was changed, and says only then that there are more', async () => {
    const changed = async (id: number, ids: readonly number[]): Promise<void> => {
      const changes = ids.map((ciId) => ({ ciId, kinds: CHANGE.Revised }));
      const json = JSON.stringify({ ...run, Id: id });
      await site().database.commit({ run: { id, state: run.State, json }, runChanges: { run: id, changes } });
    };
    const report = async (): Promise<readonly [count: number, warnings: readonly string[]]> => {
      const asked = { since: new Date(0).toISOString(), format: 'Json' } as const;
      const { text, warnings } = await site().service['report/get'](asked, site().request());
      return [(JSON.parse(text) as { Changes: UpdateChange[] }).Changes.length, warnings];
    };
    const run = await site().sync();
    const ids = Array.from({ length: 5000 }, (_unused, index) => index + 1);
    await changed(7, ids.slice(0, 3000));
    await changed(8, [...ids.slice(0, 2000), ...ids.slice(3000)]);
    expect(await report()).to.deep.equal([5000, []]);
    await changed(9, [6000]);
    const more = 'Only 5000 changed updates are in this report. Choose a shorter time.';
    expect(await report()).to.deep.equal([5000, [more]]);
  });

  it('says which synchronizations are no longer recorded', async () => {
    site().source.put(update(1));
    const run = await site().sync();
    await site().database.commit({ run: { id: 9, state: run.State, json: JSON.stringify({ ...run, Id: 9 }) } });
    const { warnings } = await site().service['report/get'](
      { since: new Date(0).toISOString(), format: 'Text' },
      site().request(),
    );
    expect(warnings).to.deep.equal(['What these synchronizations changed is not recorded any more: 9.']);
  });
});
