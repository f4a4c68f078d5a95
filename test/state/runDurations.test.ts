import { expect } from 'chai';
import type { Run } from '../../server/contract/generated/types.js';
import { durationsOf, durationsUntil } from '../../server/state/runDurations.js';
import type { StatusRow } from '../../server/state/storedStatuses.js';
import type { RunQuery } from '../../server/store/SiteDatabase.js';

describe('how long synchronizations take', () => {
  const asked: RunQuery[] = [];
  const after = async (...earlier: readonly number[]): Promise<object> => {
    const stored = earlier.map((DurationSeconds) => JSON.stringify({ DurationSeconds }));
    const runs = async (query: RunQuery): Promise<readonly string[]> => {
      asked.push(query);
      return Promise.resolve(stored);
    };
    return durationsUntil({ runs }, { Id: 30, DurationSeconds: 10 } as Run);
  };

  it('is said once there were two successes, of the last 20', async () => {
    expect(await after()).to.deep.equal({});
    expect(await after(14)).to.deep.equal({ MeanDurationSeconds: 12, DurationDeviationSeconds: 2 });
    expect(await after(10, 10)).to.deep.equal({ MeanDurationSeconds: 10, DurationDeviationSeconds: 0 });
    expect(asked.at(-1)).to.include({ newest: 19, state: 'Succeeded', before: 30 });
  });

  it('is taken from a row that says it whole', () => {
    const row = { MeanDurationSeconds: 12, DurationDeviationSeconds: 2 };
    expect(durationsOf(row as StatusRow)).to.deep.equal(row);
    expect(durationsOf({ ...row, DurationDeviationSeconds: null } as StatusRow)).to.deep.equal({});
    expect(durationsOf(undefined)).to.deep.equal({});
  });
});
