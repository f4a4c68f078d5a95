import fs from 'node:fs';
import path from 'node:path';
import { openSiteDatabase } from '../../server/store/embedded/openSiteDatabase.js';
import { SegmentedDocumentStore } from '../../server/store/SegmentedDocumentStore.js';
import type { SiteDatabase } from '../../server/store/SiteDatabase.js';
import { guidOf, updateDocument } from '../fixtures/updateDocuments.js';
import { digestOf } from './dumpDatabase.js';
import { unsyncedFiles } from './FailingFiles.js';
import { sampleRevision } from './sampleRows.js';
import { testPlace } from './testPlace.js';

const SETTINGS = ['a', 'filler'];

/** A store as it was at one time. */
export interface StoreTime {
  readonly name: string;
  /** A copy of the site folder. */
  readonly folder: string;
  readonly siteGuid: string;
  /** What the database says. */
  readonly digest: string;
  /** The newest journal. */
  readonly newest: string;
  /** Bytes at the beginning of each file without which something acknowledged is gone. */
  readonly needed: ReadonlyMap<string, number>;
  /** Files of which each set makes up for the other: one of them may be damaged. */
  readonly spares: readonly (readonly string[])[];
}

/** A store that goes through what a site's goes through, and is copied at each step. */
export class SampleStore {
  readonly times: StoreTime[] = [];
  readonly #home: string;
  readonly #siteGuid: string;
  #generation = 0;
  #number = 0;
  #database: SiteDatabase | undefined;
  #documents: SegmentedDocumentStore | undefined;

  constructor(home: string, siteGuid: string) {
    this.#home = home;
    this.#siteGuid = siteGuid;
  }

  /** Engines that store, write snapshots, end or are killed. */
  static async make(home: string, siteGuid: string): Promise<SampleStore> {
    const store = new SampleStore(home, siteGuid);
    await store.#start();
    await store.#store(3);
    await store.#copy('killed after its first documents');
    await store.#end();
    await store.#copy('ended');
    await store.#start();
    await store.#copy('started and nothing done');
    await store.#store(2);
    await store.#database?.fold({ isDue: true });
    await store.#store(2);
    await store.#copy('killed after a snapshot');
    await store.#end();
    await store.#start();
    await store.#store(1);
    await store.#database?.fold({ isDue: true });
    await store.#store(2);
    await store.#end();
    await store.#copy('ended after two snapshots');
    await store.#start();
    await store.#store(1);
    await store.#copy('killed at last');
    await store.#end();
    return store;
  }

  get #site(): string {
    return path.join(this.#home, 'site');
  }

  async #start(): Promise<void> {
    this.#generation += 1;
    const place = testPlace(this.#site, this.#siteGuid);
    this.#database = await openSiteDatabase({ place, files: unsyncedFiles, generation: this.#generation });
    this.#documents = new SegmentedDocumentStore({
      folder: place.documents,
      files: unsyncedFiles,
      generation: this.#generation,
      site: this.#siteGuid,
    });
  }

  async #end(): Promise<void> {
    await this.#documents?.close();
    await this.#database?.close();
  }

  async #store(transactions: number): Promise<void> {
    for (let count = 0; count < transactions; count += 1) {
      const ids = [1, 2].map(() => (this.#number += 1));
      const documents = ids.map((id) => documentOf(this.#siteGuid, id));
      const locations = (await this.#documents?.append('updates', documents)) ?? [];
      const revisions = ids.map((id, index) => sampleRevision(id, { location: locations[index]! }));
      await this.#database?.commit({ revisions, settings: { a: this.#number, filler: 'x'.repeat(200) } });
    }
  }

  async #copy(name: string): Promise<void> {
    const folder = path.join(this.#home, String(this.times.length));
    fs.cpSync(this.#site, folder, { recursive: true });
    const again = fs.mkdtempSync(path.join(this.#home, 'look-'));
    fs.cpSync(this.#site, again, { recursive: true });
    const place = testPlace(again, this.#siteGuid);
    const database = await openSiteDatabase({ place, files: unsyncedFiles, generation: 1000 });
    const digest = await digestOf(database, SETTINGS);
    await database.close();
    fs.rmSync(again, { recursive: true });
    this.times.push({ name, folder, siteGuid: this.#siteGuid, digest, ...partsOf(path.join(folder, 'database')) });
  }
}

/** The document that a site stores under a number: no two sites have the same. */
export function documentOf(siteGuid: string, number: number): Uint8Array {
  return updateDocument({ id: guidOf(number), title: `Title ${number} of ${siteGuid}` });
}

/** The settings that tell what was committed last. */
export { SETTINGS as SAMPLE_SETTINGS };

/** All journals since the newest snapshot, and what stands in for that. */
function partsOf(database: string): Pick<StoreTime, 'newest' | 'needed' | 'spares'> {
  const names = fs.readdirSync(database).sort((a, b) => order(a) - order(b));
  const snapshots = names.filter((name) => name.startsWith('snapshot.'));
  const newest = snapshots.at(-1);
  const journals = names.filter((name) => name.startsWith('journal.'));
  const since = journals.filter((name) => newest === undefined || order(name) >= order(newest));
  const sizes = since.map(
    (name) => [path.join('database', name), fs.statSync(path.join(database, name)).size] as const,
  );
  // A journal that has a header alone is not needed when it is the newest.
  const needed = new Map(sizes.filter(([, size], index) => size > 4096 || index < sizes.length - 1));
  const last = path.join('database', journals.at(-1) ?? '');
  if (newest === undefined) return { newest: last, needed, spares: [] };
  const before = names.filter((name) => order(name) < order(newest));
  const inDatabase = (name: string): string => path.join('database', name);
  return { newest: last, needed, spares: [[inDatabase(newest)], before.map(inDatabase)] };
}

function order(name: string): number {
  const [, generation = '0', sequence = '0'] = name.split('.');
  return Number(generation) * 1000 + Number(sequence);
}
