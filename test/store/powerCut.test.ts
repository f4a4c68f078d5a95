import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { Random } from '../../server/sample/Random.js';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import { SyncError } from '../../server/errors/SyncError.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { CATEGORIES, update } from '../engine/catalogue.js';
import { TestSite } from '../engine/TestSite.js';
import { repetitions } from '../fixtures/repetitions.js';
import { temporaryFolder } from '../fixtures/temporaryFolder.js';
import { digestOf } from './dumpDatabase.js';
import { unsyncedFiles } from './FailingFiles.js';
import { chanceSurvival, cutAfter, SURVIVALS, type CutDisk, type Survival } from './powerCuts.js';
import { RecordedDisk, type DiskCall } from './RecordedDisk.js';
import { testPlace } from './testPlace.js';

const CALL_STEP = repetitions(23, 1);
const CHANCES = repetitions(1, 6);
const SETTINGS = ['closure.from', 'anchor.config', 'anchor.updates', 'component.products'];

describe('A power cut in a synchronization', () => {
  const home = temporaryFolder();

  /** What the database says after each change that was acknowledged; before the first it is empty. */
  const digests: string[] = [];
  const watched = (database: SiteDatabase, disk: RecordedDisk): void => {
    const commit = database.commit.bind(database);
    database.commit = async (changes) => {
      await commit(changes);
      digests.push(await digestOf(database, SETTINGS));
      disk.acknowledge();
    };
  };

  /** Two engines that synchronize, write snapshots and end; gives what they did to the disk. */
  async function record(): Promise<DiskCall[]> {
    const folder = path.join(home(), 'site');
    const disk = new RecordedDisk(folder);
    digests.length = 0;
    let site: TestSite | undefined;
    for (const generation of [1, 2]) {
      site = await TestSite.open(folder, { generation, files: disk.files, ...(site && { before: site }) });
      watched(site.database, disk);
      site.source.put(...CATEGORIES, ...[1, 2, 3].map((number) => update(generation * 10 + number)));
      await site.set({ addProduct: ['Windows 11'], addUpdateClassification: ['Security Updates'] });
      expect((await site.sync()).State).to.equal('Succeeded');
      await site.database.fold({ isDue: true });
      site.source.put(update(generation * 10 + 4));
      expect((await site.sync()).State).to.equal('Succeeded');
      await site.context.documents.close();
      await site.database.close();
    }
    return disk.calls;
  }

  function put({ files }: CutDisk): string {
    const folder = fs.mkdtempSync(path.join(home(), 'cut-'));
    testPlace(folder);
    for (const [name, content] of files) fs.writeFileSync(path.join(folder, name), content);
    return folder;
  }

  /** What is wrong with a disk: '' for nothing; a cut during a change may keep or lose it. */
  async function wrongWith(cut: CutDisk): Promise<string> {
    const folder = put(cut);
    const place = testPlace(folder);
    const documents = new SegmentedDocumentStore({
      folder: place.documents,
      files: unsyncedFiles,
      generation: 9,
      site: place.siteGuid,
    });
    let database: SiteDatabase | undefined;
    try {
      database = await openSiteDatabase({ place, files: unsyncedFiles, generation: 9 });
      const digest = await digestOf(database, SETTINGS);
      const known = [cut.acknowledged - 1, cut.acknowledged].map((index) => digests[index]);
      if (cut.acknowledged > 0 && !known.includes(digest)) return 'it is not what was acknowledged';
      for (const { location } of await database.storedDocuments(0, 1000)) await documents.read(location);
      return '';
    } catch (error) {
      return error instanceof SyncError ? error.message : String(error);
    } finally {
      await documents.close();
      await database?.close();
      fs.rmSync(folder, { recursive: true });
    }
  }

  it('loses nothing that was acknowledged, and what is left opens, wherever it comes', async () => {
    const calls = await record();
    const random = new Random(20_261_129);
    const wrong: string[] = [];
    let cuts = 0;
    for (let count = 1; count <= calls.length; count += CALL_STEP) {
      const chances = Array.from({ length: CHANCES }, () => chanceSurvival(random));
      for (const [index, survival] of ([...SURVIVALS, ...chances] as Survival[]).entries()) {
        const answer = await wrongWith(cutAfter(calls, count, survival));
        cuts += 1;
        if (answer !== '') wrong.push(`after call ${count} (${calls[count - 1]?.kind ?? ''}), end ${index}: ${answer}`);
      }
    }
    expect(wrong).to.deep.equal([]);
    expect(cuts).to.be.greaterThan(CALL_STEP === 1 ? 4000 : 100);
  });
});
