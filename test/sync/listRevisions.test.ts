import { expect } from 'chai';
import { listRevisions } from '../../server/sync/listRevisions.js';
import type { RevisionFilter } from '../../server/wire/getRevisionIdList.js';
import { MemorySource } from '../engine/MemorySource.js';
import { caughtFrom } from '../rpc/caught.js';

describe('Listing the revisions of an upstream', () => {
  const filter: RevisionFilter = {
    config: false,
    anchor: '7,2024-01-01 00:00:30.000',
    categories: [],
    classifications: [],
    languages: [],
  };
  const contextOf = (anchor: string): { source: MemorySource; signal: AbortSignal } => {
    const source = new MemorySource();
    source.reshape = (list) => ({ ...list, anchor });
    return { source, signal: new AbortController().signal };
  };

  it('takes an answer that is no earlier than what was followed', async () => {
    expect((await listRevisions(contextOf(filter.anchor), filter)).anchor).to.equal(filter.anchor);
  });

  it('refuses one of an earlier state, which may leave out anything', async () => {
    const error = await caughtFrom(listRevisions(contextOf('7,2024-01-01 00:00:10.000'), filter));
    expect(error.errorId).to.equal('UpstreamRestored');
    expect(error.message).to.equal(
      'The upstream memory.test was restored to an earlier state. It is at 7,2024-01-01 00:00:10.000, and the site ' +
        'had followed it to 7,2024-01-01 00:00:30.000.',
    );
  });
});
