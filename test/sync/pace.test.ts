import { expect } from 'chai';
import type { UpdateIdentity } from '../../server/metadata/UpdateIdentity.js';
import { nextTurn } from '../../server/platform/inTurns.js';
import { Pace } from '../../server/sync/Pace.js';
import type { SyncContext } from '../../server/sync/SyncContext.js';
import { fetchRevisions } from '../../server/sync/fetchRevisions.js';
import { guidOf } from '../fixtures/updateDocuments.js';

const listed = Array.from({ length: 900 }, (_, index) => ({ updateId: guidOf(index), revisionNumber: 1 }));

/** In ms: what the answer to a piece takes, and for how long the engine works for one. */
interface Course {
  readonly answer: number;
  readonly work: number;
}

/** A run in a time of its own; gives the most documents that were asked for and not stored yet. */
async function mostInFlight({ answer, work }: Course): Promise<number> {
  let [asked, stored, most, now, worked] = [0, 0, 0, 0, 0];
  const context = {
    signal: new AbortController().signal,
    now: () => new Date(0),
    recorder: { step: () => undefined, advance: () => undefined, countFetched: () => undefined },
    source: {
      fetchDocuments: async (ids: readonly UpdateIdentity[]) => {
        asked += ids.length;
        most = Math.max(most, asked - stored);
        now += answer;
        return Promise.resolve(ids);
      },
    },
    reader: {
      expect: () => undefined,
      readBatch: async (revisions: readonly UpdateIdentity[]) => {
        worked += work;
        const sealed = { lengths: revisions.map(() => 1) };
        return Promise.resolve({ revisions, sealed, failed: [], terms: new Map() });
      },
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
    new Pace({ now: () => now, worked: () => worked }),
  );
  expect(stored).to.equal(listed.length);
  return most;
}

describe('How much is asked for at once', () => {
  it('is a hundred documents, which a kill makes the next run fetch again, where the upstream is near', async () => {
    expect(await mostInFlight({ answer: 40, work: 45 })).to.equal(100);
  });

  it('is a hundred where an engine hardly works, because threads and the disk do: the upstream is near', async () => {
    expect(await mostInFlight({ answer: 40, work: 1 })).to.equal(100);
  });

  it('is a hundred where the upstream is distant and the engine slower than that', async () => {
    expect(await mostInFlight({ answer: 300, work: 400 })).to.equal(100);
  });

  it('is what the engine works through until the answer of a distant upstream, 400 at most', async () => {
    // Those that are stored come on top.
    expect(await mostInFlight({ answer: 100, work: 45 })).to.be.within(150, 200);
    expect(await mostInFlight({ answer: 300, work: 45 })).to.be.within(400, 450);
    expect(await mostInFlight({ answer: 2000, work: 45 })).to.be.within(400, 450);
  });

  it('follows the shortest answer: a moment of load makes no upstream distant', async () => {
    let [now, worked] = [0, 0];
    const pace = new Pace({ now: () => now, worked: () => worked });
    const widthAfter = async (answer: number, work: number): Promise<number> => {
      await pace.ask(async () => Promise.resolve((now += answer)));
      worked += work;
      pace.note();
      return pace.width;
    };
    expect(pace.width).to.equal(1);
    expect(await widthAfter(300, 100)).to.equal(4);
    expect(await widthAfter(900, 50)).to.equal(5);
    expect(await widthAfter(49, 50)).to.equal(1);
    expect(await widthAfter(900, 10)).to.equal(1);
  });
});
