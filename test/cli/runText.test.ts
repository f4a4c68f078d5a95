import { expect } from 'chai';
import type { Run, RunCounts } from '../../server/contract/generated/types.js';
import { endText, resultText } from '../../server/cli/runText.js';
import { FAKE_RUN } from '../rpc/fakeObjects.js';

const done = (counts: Partial<RunCounts>): Run => ({
  ...FAKE_RUN,
  State: 'Succeeded',
  DurationSeconds: 2.06,
  SyncCatalogVersion: 3,
  Counts: { ...FAKE_RUN.Counts, ...counts },
});

describe('cli: what a run did', () => {
  it('is told at its end without what is zero', () => {
    expect(endText(done({ New: 1204, Superseded: 3, Skipped: 9, Categories: 1, DocumentsFetched: 2 }))).to.equal(
      'Synchronization 1 succeeded after 2.1 s, catalogue version 3: ' +
        '1,204 new, 3 superseded, 1 category, 9 skipped, 2 documents fetched',
    );
    expect(endText(done({}))).to.equal(
      'Synchronization 1 succeeded after 2.1 s, catalogue version 3. Nothing changed.',
    );
  });

  it('stands in a list with what changed, its progress or its error', () => {
    expect(resultText(done({ Failed: 1, Categories: 427, Skipped: 5 }))).to.equal('1 failed, 427 categories');
    expect(resultText(done({ Skipped: 5 }))).to.equal('nothing changed');
    expect(resultText({ ...FAKE_RUN, PercentComplete: 72, Phase: 'SynchronizingWsus' })).to.equal(
      '72 %, SynchronizingWsus',
    );
    expect(resultText({ ...done({}), State: 'Failed', ErrorMessage: 'It broke.' })).to.equal('It broke.');
  });
});
