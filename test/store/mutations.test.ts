import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { SyncError } from '../../server/errors/SyncError.js';
import { segmentProblems } from '../../server/repair/segmentProblems.js';
import { verifyDocument } from '../../server/repair/checkStore.js';
import { Random } from '../../server/sample/Random.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { highestGeneration } from '../../server/store/highestGeneration.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { repetitions } from '../fixtures/repetitions.js';
import { guidOf } from '../fixtures/updateDocuments.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { digestOf } from './dumpDatabase.js';
import { unsyncedFiles } from './FailingFiles.js';
import { filesOf, mutate, type MutationSource } from './mutateStore.js';
import { documentOf, SAMPLE_SETTINGS, SampleStore, type StoreTime } from './SampleStore.js';
import { testPlace } from './testPlace.js';

const SEEDS = repetitions(150, 20_000);
const FOREIGN = guidOf(2);

describe('A store of which a file or a folder is cut, removed, swapped, older or of another site', () => {
  const home = temporaryFolder();
  let own: readonly StoreTime[];
  let others: readonly StoreTime[];
  beforeEach(async () => {
    own = (await SampleStore.make(path.join(home(), 'own'), guidOf(1))).times;
    others = (await SampleStore.make(path.join(home(), 'other'), FOREIGN)).times;
  });

  /** What is wrong after one mutation, '' for nothing. */
  async function wrongAfter(seed: number): Promise<string> {
    const random = new Random(seed);
    const index = random.below(own.length);
    const time = own[index]!;
    const folder = path.join(home(), 'changed');
    fs.cpSync(time.folder, folder, { recursive: true });
    const source: MutationSource = { folder, time, earlier: own.slice(0, index), foreign: others };
    const what = mutate(source, random);
    try {
      const answer = await open(source);
      return answer === '' ? '' : `seed ${seed}: ${time.name}, ${what}: ${answer}`;
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }

  async function open({ folder, time }: MutationSource): Promise<string> {
    const lost = isLost(folder, time);
    const place = { ...testPlace(path.join(home(), 'empty'), time.siteGuid), site: folder };
    const here = { ...place, database: path.join(folder, 'database'), documents: path.join(folder, 'documents') };
    let database: SiteDatabase | undefined;
    try {
      const generation = highestGeneration(unsyncedFiles, here) + 1;
      database = await openSiteDatabase({ place: here, files: unsyncedFiles, generation });
      if ((await digestOf(database, SAMPLE_SETTINGS)) !== time.digest) return 'it opened with something else';
      return await documentsIn(database, { folder: here.documents, time });
    } catch (error) {
      if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') return `it failed: ${String(error)}`;
      return lost ? '' : `it was refused without need: ${error.message}`;
    } finally {
      await database?.close();
    }
  }

  /** True where something that was acknowledged is not in the files any more, the documents apart. */
  function isLost(folder: string, time: StoreTime): boolean {
    const differs = (name: string, length: number): boolean => {
      if (!fs.existsSync(path.join(folder, name))) return true;
      const bytes = (where: string): Buffer => fs.readFileSync(path.join(where, name)).subarray(0, length);
      return !bytes(folder).equals(bytes(time.folder));
    };
    if ([...time.needed].some(([name, length]) => differs(name, length))) return true;
    // A newest journal that held nothing and became longer than a header: nobody can tell what was in it.
    const size = fs.statSync(path.join(folder, time.newest), { throwIfNoEntry: false })?.size ?? 0;
    if (size > 4096 && differs(time.newest, 4096)) return true;
    // A file of another site is refused by its name, whatever was in its place.
    if (size > 0 && fs.readFileSync(path.join(folder, time.newest)).includes(FOREIGN)) return true;
    if (filesOf(folder).every((name) => !path.basename(name).startsWith('seal.'))) return true;
    return (
      time.spares.length > 0 &&
      time.spares.every((names) => names.some((name) => differs(name, Number.POSITIVE_INFINITY)))
    );
  }

  /** Each document is as it was stored, or a check names it. */
  async function documentsIn(
    database: SiteDatabase,
    { folder, time }: { folder: string; time: StoreTime },
  ): Promise<string> {
    const documents = new SegmentedDocumentStore({
      folder,
      files: unsyncedFiles,
      generation: 1000,
      site: time.siteGuid,
    });
    try {
      const named = (await segmentProblems(database, documents)).problems.length;
      for (const stored of await database.storedDocuments(0, 1000)) {
        if ((await verifyDocument(documents, stored)) !== undefined) continue;
        const read = Buffer.from(await documents.read(stored.location));
        if (!read.equals(Buffer.from(documentOf(time.siteGuid, stored.revisionId))))
          return `document ${stored.revisionId} is another one (${named} segments are named)`;
      }
      return '';
    } finally {
      await documents.close();
    }
  }

  it('opens with everything that was acknowledged, or is refused where something of it is gone', async () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const answer = await wrongAfter(seed);
      if (answer !== '') wrong.push(answer);
    }
    expect(wrong).to.deep.equal([]);
  });
});
