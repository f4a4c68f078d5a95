import { expect } from 'chai';
import fc from 'fast-check';
import { randomFillSync } from 'node:crypto';
import type { DocumentLocation, DocumentStore } from '../../server/store/DocumentStore.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { repetitions } from '../fixtures/repetitions.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';

const samples = Array.from({ length: 20 }, (_unused, index) =>
  updateDocument({ id: guidOf(index), title: `Title ${index}` }),
);

async function isSame(
  store: DocumentStore,
  location: DocumentLocation | undefined,
  document: Uint8Array,
): Promise<boolean> {
  return Buffer.from(await store.read(location ?? { segment: 0, position: 0, length: 0 })).equals(document);
}

/** What every DocumentStore does; `open` gives an empty one. */
export function documentStoreAcceptance(name: string, open: () => Promise<DocumentStore>): void {
  describe(`${name} as a document store`, () => {
    it('gives any documents back byte for byte', async () => {
      const store = await open();
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 5 }),
          async (documents) => {
            const locations = await store.append('updates', documents);
            expect(locations).to.have.length(documents.length);
            for (const [index, document] of documents.entries())
              if (!(await isSame(store, locations[index], document))) return false;
            return true;
          },
        ),
        { numRuns: repetitions(20, 600) },
      );
    });

    it('gives empty documents and documents of megabytes back', async () => {
      const store = await open();
      const large = randomFillSync(Buffer.alloc(5_000_000));
      const documents = [Buffer.alloc(0), large, Buffer.alloc(3_000_000, 'a'), samples[0] ?? Buffer.alloc(0)];
      const locations = await store.append('configuration', documents);
      const again = store.reopened();
      for (const [index, document] of documents.entries())
        expect(await isSame(again, locations[index], document), `document ${index}`).to.equal(true);
    });

    it('keeps notes beside documents, and none where none were given', async () => {
      const store = await open();
      const plain = Buffer.from('x');
      const locations = await store.append(
        'updates',
        [samples[0]!, plain, plain, samples[1]!],
        [Buffer.from('["a"]'), Buffer.alloc(0), Buffer.alloc(5 * 1024 * 1024)],
      );
      const again = store.reopened();
      const records = await Promise.all(locations.map(async (location) => again.readRecord(location)));
      expect(records.map(({ notes }) => Buffer.from(notes).toString())).to.deep.equal(['["a"]', '', '', '']);
      for (const [index, location] of locations.entries())
        expect(
          Buffer.from(await again.read(location)).equals(Buffer.from([samples[0]!, plain, plain, samples[1]!][index]!)),
        ).to.equal(true);
      expect(records.map(({ document }) => Buffer.from(document).toString())).to.deep.equal(
        [samples[0], plain, plain, samples[1]].map((document) => Buffer.from(document!).toString()),
      );
    });

    it('packs documents of streams apart, each in segments that grow', async () => {
      const store = await open();
      const [first] = await store.append('updates', samples);
      const [second] = await store.append('updates', samples.slice(0, 3));
      const [other] = await store.append('configuration', samples.slice(0, 1));
      expect(second?.segment).to.equal(first?.segment);
      expect(other?.segment).not.to.equal(first?.segment);
      const raw = [...samples, ...samples.slice(0, 4)].reduce((sum, document) => sum + document.length, 0);
      const segments = await store.segments();
      expect(segments.map(({ segment }) => segment)).to.have.members([first?.segment, other?.segment]);
      expect(segments.every(({ isWritten }) => isWritten)).to.equal(true);
      expect(segments.reduce((sum, { records }) => sum + records, 0)).to.be.lessThan(raw);
      expect((await store.inspect()).map(({ problem }) => problem)).to.deep.equal([undefined, undefined]);
    });

    it('begins new segments, and removes those that are not written any more', async () => {
      const store = await open();
      const [before] = await store.append('updates', samples);
      await store.drop(before?.segment ?? 0);
      expect(await isSame(store, before, samples[0] ?? Buffer.alloc(0)), 'it is still written').to.equal(true);
      store.beginSegments();
      const [after] = await store.append('updates', samples);
      expect(after?.segment).not.to.equal(before?.segment);
      await store.drop(before?.segment ?? 0);
      expect((await store.segments()).map(({ segment }) => segment)).to.deep.equal([after?.segment]);
      expect(await rejectionOf(store.reopened().read(before ?? { segment: 0, position: 0, length: 0 }))).to.equal(
        'StoreCorrupt',
      );
      expect(await isSame(store, after, samples[0] ?? Buffer.alloc(0))).to.equal(true);
    });

    it('knows a place where no document is', async () => {
      const store = await open();
      const [first, second] = await store.append('updates', samples);
      const { segment = 0, position = 0, length = 0 } = second ?? {};
      const wrong = [
        { segment, position: position + 1, length },
        { segment, position, length: length - 1 },
        { segment, position: 1_000_000_000, length },
        { segment: segment + 7, position, length },
      ];
      for (const location of wrong) expect(await rejectionOf(store.read(location))).to.equal('StoreCorrupt');
      expect(await isSame(store, first, samples[0] ?? Buffer.alloc(0))).to.equal(true);
    });
  });
}
