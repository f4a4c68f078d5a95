import { expect } from 'chai';
import fs from 'node:fs';
import path from 'node:path';
import { rebuildStore } from '../../server/repair/offlineStore.js';
import { SyncError } from '../../server/errors/SyncError.js';
import { realFiles } from '../../server/store/StorePlace.js';
import type { StoreFiles } from '../../server/store/StorePlace.js';
import { loadSqlJs } from '../../server/store/embedded/SqlConnection.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { highestGeneration } from '../../server/store/highestGeneration.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { caughtFrom } from '../rpc/caught.js';
import { unsyncedFiles } from './FailingFiles.js';
import { SampleStore } from './SampleStore.js';
import { everyFault } from './everyFault.js';
import { testPlace } from './testPlace.js';

/** Both are there, and neither tells anything any more. */
const DAMAGED = /^(?:journal|snapshot)\./;

describe('Every file call of making the index again from the documents that fails', () => {
  const folder = temporaryFolder();
  let origin: string;
  let revisions: number;

  beforeEach(async () => {
    const { times } = await SampleStore.make(path.join(folder(), 'sample'), guidOf(1));
    origin = path.join(folder(), 'origin');
    const ended = times.find(({ name }) => name === 'ended')!.folder;
    fs.cpSync(ended, origin, { recursive: true });
    revisions = await countedIn(ended);
    for (const name of fs.readdirSync(path.join(origin, 'database')))
      if (DAMAGED.test(name)) fs.writeFileSync(path.join(origin, 'database', name), 'damaged');
  });

  async function countedIn(where: string): Promise<number> {
    const place = testPlace(where);
    const generation = highestGeneration(unsyncedFiles, place) + 1;
    const database = await openSiteDatabase({ place, files: unsyncedFiles, generation });
    try {
      return (await database.counts()).revisions;
    } finally {
      await database.close();
    }
  }

  async function rebuild(where: string, files: StoreFiles): Promise<void> {
    const place = testPlace(where);
    const generation = highestGeneration(files, place) + 1;
    await rebuildStore({ sql: await loadSqlJs(), files, place }, 'cs1.test', generation);
  }

  /** What the next engine finds: everything, or the error that names the repair. */
  async function found(where: string): Promise<number | string> {
    return countedIn(where).catch((error: unknown) => (error instanceof SyncError ? error.errorId : String(error)));
  }

  it('leaves a site that has every update, or is as damaged as before and can be made again', async () => {
    const { wrong, places } = await everyFault<{ where: string; isDone?: boolean }>({
      folder: folder(),
      kinds: ['kill', 'once', 'torn'],
      prepare: async (where) => {
        fs.cpSync(origin, where, { recursive: true });
        return Promise.resolve({ where });
      },
      work: async (state, files) => {
        await rebuild(state.where, files);
        state.isDone = true;
      },
      verify: async ({ where, isDone }) => {
        const first = await found(where);
        if (first === revisions) return '';
        if (isDone === true || first !== 'StoreCorrupt') return `it was ${isDone === true ? '' : 'not '}done: ${first}`;
        await rebuild(where, unsyncedFiles);
        const second = await found(where);
        return second === revisions ? '' : `after the second time: ${second}`;
      },
    });
    expect(wrong).to.deep.equal([]);
    expect(places).to.be.greaterThan(60);
  });

  it('is not begun where the copy of what is there has no room', async () => {
    const files: StoreFiles = { ...realFiles, statfsSync: () => ({ bavail: 0, blocks: 10, bsize: 4096 }) };
    const before = fs.readdirSync(origin, { recursive: true });
    const error = await caughtFrom(rebuild(origin, files));
    expect([error.errorId, error.message.includes('the disk has 0.0 MB free')]).to.deep.equal([
      'StoreWriteFailed',
      true,
    ]);
    expect(fs.readdirSync(origin, { recursive: true })).to.deep.equal(before);
    // A file system that does not say it is tried.
    await rebuild(origin, { ...files, statfsSync: () => ({ bavail: 0, blocks: 0, bsize: 4096 }) });
    expect(await found(origin)).to.equal(revisions);
  });
});
