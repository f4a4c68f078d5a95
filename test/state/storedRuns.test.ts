import { expect } from 'chai';
import { readRuns } from '../../server/state/storedRuns.js';

/** As version 0.1.0 and today's store runs, cut to what the test looks at. */
const STORED = {
  '0.1.0': '{"Id":1,"State":"Succeeded","Phase":"Done","Counts":{"New":3,"Removed":0},"FailedUpdates":[]}',
  '0.2.0':
    '{"Id":2,"State":"Succeeded","Warnings":["w"],' +
    '"Size":{"Updates":3,"Documents":9,"DocumentBytes":4096,"DatabaseBytes":8192}}',
};

describe('stored runs', () => {
  it('are read as each version stored them: what it did not know is empty', async () => {
    const runs = await readRuns({ runs: async () => Promise.resolve(Object.values(STORED)) }, {});
    expect(runs.map(({ Id, Warnings, Size }) => [Id, Warnings, Size])).to.deep.equal([
      [1, [], null],
      [2, ['w'], { Updates: 3, Documents: 9, DocumentBytes: 4096, DatabaseBytes: 8192 }],
    ]);
  });
});
