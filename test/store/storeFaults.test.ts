import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import type { DocumentLocation } from '../../server/store/DocumentStore.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { rejectionOf } from '../fixtures/rejection.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { unsyncedFiles } from './FailingFiles.js';
import type { FaultKind } from './FailingFiles.js';
import { everyFault } from './everyFault.js';
import { putFormat1 } from './fixtures/putFormat1.js';
import { sampleRevision } from './sampleRows.js';
import { testPlace } from './testPlace.js';

/** A database under test, and the numbers of the commits it acknowledged. */
interface Commits {
  database: SiteDatabase | undefined;
  readonly where: string;
  readonly acknowledged: number[];
}

const BEFORE = 2;
const goesOn = (kind: FaultKind): boolean => kind !== 'kill' && kind !== 'after';

describe('Every file call of the store that fails', () => {
  const folder = temporaryFolder();
  const open = async (where: string, generation: number, files: StoreFiles = unsyncedFiles): Promise<SiteDatabase> =>
    openSiteDatabase({ place: testPlace(where), files, generation, foldFrom: 1 });
  const commit = async (state: Commits, number: number): Promise<void> => {
    await state.database?.commit({
      settings: { [`s${number}`]: 'x'.repeat(300) },
      revisions: [sampleRevision(number)],
    });
    state.acknowledged.push(number);
  };
  const prepare = async (where: string, files: StoreFiles): Promise<Commits> => {
    const state: Commits = { database: await open(where, 1, files), where, acknowledged: [] };
    for (let number = 1; number <= BEFORE; number += 1) await commit(state, number);
    return state;
  };
  /** The engine goes on where it lives, then ends or is killed; the next one finds everything that was acknowledged. */
  const verify = async (state: Commits, { where, kind }: { where: string; kind: FaultKind }): Promise<string> => {
    if (goesOn(kind) && state.database !== undefined) {
      // The last of a burst of faults may still meet the first of these.
      for (const number of [50, 51, 52, 53]) await commit(state, number).catch(() => undefined);
      await commit(state, 54);
    }
    if (kind === 'short') await state.database?.close();
    const next = await open(where, 7);
    const lost = [];
    for (const number of state.acknowledged)
      if (
        (await next.setting(`s${number}`)) !== 'x'.repeat(300) ||
        (await next.missingRevisions([{ updateId: guidOf(number), revisionNumber: 1 }])).length > 0
      )
        lost.push(number);
    await next.commit({ settings: { later: 1 } });
    await next.close();
    await state.database?.close().catch(() => undefined);
    return lost.length === 0 ? '' : `lost ${lost.join(', ')} of ${state.acknowledged.join(', ')}`;
  };

  it('while committing loses nothing acknowledged, and the engine goes on', async () => {
    const work = async (state: Commits): Promise<void> => {
      for (const number of [10, 11, 12]) await commit(state, number).catch(() => undefined);
    };
    const { wrong, places } = await everyFault({ folder: folder(), prepare, work, verify });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(40);
  });

  it('while folding and committing at the same time loses nothing acknowledged, and the engine goes on', async () => {
    const work = async (state: Commits): Promise<void> => {
      const folding = state.database?.fold();
      await commit(state, 10).catch(() => undefined);
      await folding?.catch(() => undefined);
      await commit(state, 11).catch(() => undefined);
    };
    const { wrong, places } = await everyFault({ folder: folder(), prepare, work, verify });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(80);
  });

  it('while opening and closing leaves a site that opens', async () => {
    const { wrong, places } = await everyFault({
      folder: folder(),
      verify,
      prepare: async (where, files) => {
        const state = await prepare(where, unsyncedFiles);
        await state.database?.close();
        return { ...state, database: undefined, files };
      },
      work: async (state, files) => {
        const database = await open(state.where, 2, files);
        try {
          await commit({ ...state, database }, 20);
        } finally {
          await database.close();
        }
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(30);
  });

  it('while migrating leaves the old database whole and its copy whole or absent', async () => {
    const { wrong, places } = await everyFault({
      folder: folder(),
      kinds: ['after', 'burst'],
      prepare: async (where) => {
        putFormat1(testPlace(where).database, 'snapshot');
        return Promise.resolve({ where });
      },
      work: async ({ where }, files) => (await open(where, 3, files)).close(),
      verify: async ({ where }) => {
        const database = await open(where, 8);
        const values = [
          await database.setting('a'),
          (await database.counts()).revisions,
          (await database.categories()).length,
        ];
        await database.close();
        const backup = path.join(where, 'database', 'backup-format1');
        const original = putFormat1(fs.mkdtempSync(path.join(folder(), 'original-')), 'snapshot');
        const same = fs
          .readdirSync(original)
          .every((file) => fs.readFileSync(path.join(original, file)).equals(fs.readFileSync(path.join(backup, file))));
        return JSON.stringify([...values, same]) === '["changed",4,1,true]' ? '' : JSON.stringify([...values, same]);
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(100);
  });

  it('while storing documents loses no document that was acknowledged, and the store goes on', async () => {
    const documents = [1, 2, 3, 4].map((number) => updateDocument({ id: guidOf(number), title: `Title ${number}` }));
    const { wrong, places } = await everyFault({
      folder: folder(),
      prepare: async (where, files) =>
        Promise.resolve({
          store: new SegmentedDocumentStore({ folder: where, files, generation: 1, site: guidOf(1) }),
          known: [] as { location: DocumentLocation | undefined; document: Uint8Array }[],
        }),
      work: async ({ store, known }) => {
        for (const stream of ['configuration', 'updates', 'updates'] as const) {
          const locations = await store.append(stream, documents).catch(() => []);
          known.push(
            ...locations.map((location, index) => ({ location, document: documents[index] ?? Buffer.alloc(0) })),
          );
        }
      },
      verify: async ({ store, known }, { where, kind }) => {
        for (let n = 0; n < 4 && kind === 'burst'; n += 1) await rejectionOf(store.append('updates', documents));
        if (goesOn(kind))
          known.push(
            ...(await store.append('updates', documents.slice(0, 1))).map((location) => ({
              location,
              document: documents[0] ?? Buffer.alloc(0),
            })),
          );
        const later = new SegmentedDocumentStore({
          folder: where,
          files: unsyncedFiles,
          generation: 2,
          site: guidOf(1),
        });
        const answers = await Promise.all(
          known.map(async ({ location, document }) =>
            Buffer.from(await later.read(location ?? { segment: 0, position: 0, length: 0 })).equals(document),
          ),
        );
        await later.close();
        await store.close().catch(() => undefined);
        return answers.every(Boolean) ? '' : 'a document is lost';
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(60);
  });
});
