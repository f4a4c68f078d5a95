import { expect } from 'chai';
import { nextTurn } from '../../server/platform/inTurns.js';
import type { DocumentLocation } from '../../server/store/DocumentStore.js';
import { BatchStore } from '../../server/sync/BatchStore.js';
import { readBatch, type ReadBatch } from '../../server/sync/readBatch.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';

/** What a store is asked, and when it is done with it. */
class HeldStore {
  readonly calls: string[] = [];
  readonly #held = new Map<string, () => void>();
  readonly context = {
    documents: {
      appendSealed: async (_stream: string, { lengths }: ReadBatch['sealed']): Promise<DocumentLocation[]> => {
        await this.#hold(`documents ${(this.#documents += 1)}`);
        return lengths.map((length) => ({ segment: 0, position: 0, length }));
      },
    },
    database: { commit: async (): Promise<void> => this.#hold(`rows ${(this.#rows += 1)}`) },
    recorder: { countFetched: () => undefined },
    now: () => new Date(0),
  } as unknown as ConstructorParameters<typeof BatchStore>[0];
  failure: string | undefined;
  #documents = 0;
  #rows = 0;

  /** Lets a call end. */
  async end(call: string): Promise<void> {
    this.#held.get(call)?.();
    for (let turns = 0; turns < 3; turns += 1) await nextTurn();
  }

  async #hold(call: string): Promise<void> {
    this.calls.push(call);
    await new Promise<void>((resolve) => this.#held.set(call, resolve));
    if (this.failure === call) throw new RangeError(`${call} failed`);
  }
}

const noSettings = async (): Promise<Record<string, unknown>> => Promise.resolve({});
const batch = async (number: number): Promise<ReadBatch> => {
  const identity = { updateId: guidOf(number), revisionNumber: 1 };
  const documents = [{ identity, xml: updateDocument({ id: guidOf(number) }) }];
  return readBatch([identity], { documents, fileUrls: [], failed: [] });
};

describe('Storing batches', () => {
  it('writes documents of the next one while the rows of one are committed, and never rows first', async () => {
    const held = new HeldStore();
    const store = new BatchStore(held.context, 'updates');
    const told: number[] = [];
    await store.add(await batch(1), noSettings, () => told.push(1));
    await held.end('documents 1');
    const second = store.add(await batch(2), noSettings, () => told.push(2));
    await nextTurn();
    expect(held.calls).to.deep.equal(['documents 1', 'rows 1', 'documents 2']);
    await held.end('rows 1');
    await second;
    expect([held.calls.length, told]).to.deep.equal([3, [1]]);
    await held.end('documents 2');
    expect(held.calls.at(-1)).to.equal('rows 2');
    await held.end('rows 2');
    await store.finish();
    expect(told).to.deep.equal([1, 2]);
  });

  it('tells the failure of one with the next, whose rows are not written', async () => {
    const held = new HeldStore();
    held.failure = 'rows 1';
    const store = new BatchStore(held.context, 'updates');
    await store.add(await batch(1), noSettings, () => undefined);
    await held.end('documents 1');
    const second = rejectionOf(store.add(await batch(2), noSettings, () => undefined));
    await held.end('rows 1');
    expect(await second).to.equal('RangeError: rows 1 failed');
    await held.end('documents 2');
    await store.settle();
    expect(held.calls).to.deep.equal(['documents 1', 'rows 1', 'documents 2']);
  });
});
