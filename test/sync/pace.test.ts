import { expect } from 'chai';
import type { UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { nextTurn } from '../../server/platform/inTurns.js';
import { Pace } from '../../server/sync/Pace.js';
import type { SyncContext } from '../../server/sync/SyncContext.js';
import { fetchRevisions } from '../../server/sync/fetchRevisions.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const listed = Array.from({ length: 900 }, (_, index) => ({ updateId: guidOf(index), revisionNumber: 1 }));

/** A run whose upstream answers at once; gives the most documents that were asked for and not stored yet. */
async function mostInFlight(pace: Pace): Promise<number> {
  let [asked, stored, most] = [0, 0, 0];
  const context = {
    signal: new AbortController().signal,
    now: () => new Date(0),
    recorder: { step: () => undefined, advance: () => undefined, countFetched: () => undefined },
    source: {
      fetchDocuments: async (ids: readonly UpdateIdentity[]) => {
        asked += ids.length;
        most = Math.max(most, asked - stored);
        return Promise.resolve(ids);
      },
    },
    reader: {
      expect: () => undefined,
      readBatch: async (revisions: readonly UpdateIdentity[]) =>
        Promise.resolve({ revisions, sealed: { lengths: revisions.map(() => 1) }, failed: [], terms: new Map() }),
    },
    documents: {
      appendSealed: async (_stream: string, sealed: { readonly lengths: readonly number[] }) =>
        Promise.resolve(sealed.lengths.map((length) => ({ segment: 0, position: 0, length }))),
    },
    database: {
      setting: async () => Promise.resolve(undefined),
      missingRevisions: async (ids: readonly UpdateIdentity[]) => Promise.resolve(ids),
      commit: async ({ revisions }: { readonly revisions: readonly unknown[] }) => {
        await nextTurn();
        stored += revisions.length;
      },
    },
  } as unknown as SyncContext;
  await fetchRevisions(
    context,
    { activity: '', stream: 'updates', listed, again: [], batchSize: 100, state: () => ({}) },
    pace,
  );
  expect(stored).to.equal(listed.length);
  return most;
}

describe('How much is asked for at once', () => {
  it('is a hundred documents, which a kill makes the next run fetch again, while the engine is busy', async () => {
    expect(await mostInFlight(new Pace(() => 0))).to.equal(100);
  });

  it('rises to four hundred and what is being stored while the engine waits for the upstream', async () => {
    expect(await mostInFlight(new Pace(() => 1))).to.equal(450);
  });

  it('falls again once the engine is busy, and stays where neither waits', () => {
    let idle = 0.9;
    const pace = new Pace(() => idle);
    const widthAfter = (notes: number): number => {
      for (let note = 0; note < notes; note += 1) pace.note();
      return pace.width;
    };
    expect(widthAfter(3)).to.equal(4);
    idle = 0.3;
    expect(widthAfter(5)).to.equal(4);
    idle = 0.1;
    expect(widthAfter(9)).to.equal(1);
  });
});
