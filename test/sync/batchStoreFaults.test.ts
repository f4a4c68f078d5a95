import { expect } from 'chai';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { realFiles, type StoreFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { BatchStore } from '../../server/sync/BatchStore.js';
import { readBatch, type ReadBatch } from '../../server/sync/readBatch.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { everyFault } from '../store/everyFault.js';
import { testPlace } from '../store/testPlace.js';

const BATCHES = [1, 2, 3, 4];
const ANCHOR = 'anchor';

/** A store, and the batches that it said are stored. */
interface Storing extends Opened {
  readonly told: number[];
}

interface Opened {
  readonly database: SiteDatabase;
  readonly documents: SegmentedDocumentStore;
}

async function open(folder: string, files: StoreFiles, generation: number): Promise<Opened> {
  const place = testPlace(folder);
  const database = await openSiteDatabase({ place, files, generation });
  const documents = new SegmentedDocumentStore({ folder: place.documents, files, generation, site: place.siteGuid });
  return { database, documents };
}

const identityOf = (number: number): { updateId: string; revisionNumber: number } => ({
  updateId: guidOf(number),
  revisionNumber: 1,
});

async function batchOf(number: number): Promise<ReadBatch> {
  const identities = [identityOf(10 * number), identityOf(10 * number + 1)];
  const documents = identities.map((identity) => ({ identity, xml: updateDocument({ id: identity.updateId }) }));
  return readBatch(identities, { documents, fileUrls: [], failed: [] });
}

/** The last batch takes the anchor with it, as `fetchRevisions` has it. */
async function storeAll({ database, documents, told }: Storing): Promise<void> {
  const context = { database, documents, recorder: { countFetched: () => undefined }, now: () => new Date(0) };
  const store = new BatchStore(context as unknown as ConstructorParameters<typeof BatchStore>[0], 'updates');
  try {
    for (const number of BATCHES) {
      const settings = number === BATCHES.at(-1) ? { [ANCHOR]: 'new' } : {};
      await store.add(
        await batchOf(number),
        async () => Promise.resolve(settings),
        () => told.push(number),
      );
    }
    await store.finish();
  } finally {
    await store.settle();
  }
}

/** Which batches are stored with all that they brought. */
async function storedIn({ database, documents }: Opened): Promise<readonly number[]> {
  const stored: number[] = [];
  for (const number of BATCHES) {
    const found = await database.documentsOf([identityOf(10 * number), identityOf(10 * number + 1)]);
    const there = found.filter((one) => one !== undefined);
    if (there.length === 1) throw new RangeError(`half of batch ${number} is stored`);
    for (const { location } of there) await documents.read(location);
    if (there.length > 0) stored.push(number);
  }
  return stored;
}

describe('Storing batches on a disk that fails', () => {
  const folder = temporaryFolder();

  it('keeps each batch that it said is stored, whole and in order, and the anchor with the last alone', async () => {
    const { wrong, places } = await everyFault<Storing>({
      folder: folder(),
      prepare: async (where, files) => ({ ...(await open(where, files, 1)), told: [] }),
      work: storeAll,
      verify: async ({ told, ...before }, { where }) => {
        await Promise.allSettled([before.database.close(), before.documents.close()]);
        const after = await open(where, realFiles, 2);
        try {
          const stored = await storedIn(after);
          const hasAnchor = (await after.database.setting(ANCHOR)) === 'new';
          if (stored.some((number, index) => number !== index + 1)) return `out of order: ${stored.join()}`;
          if (told.some((number) => !stored.includes(number))) return `lost of ${told.join()}: ${stored.join()}`;
          return hasAnchor === (stored.length === BATCHES.length) ? '' : `the anchor after ${stored.join()}`;
        } finally {
          await after.database.close();
          await after.documents.close();
        }
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(20);
  });
});
