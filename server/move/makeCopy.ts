import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { realSealer } from '../platform/sealSecret.js';
import { SITE_FILES, type SiteFolder } from '../site/SiteFolder.js';
import { storePlaceOf } from '../store/StorePlace.js';
import { writing } from '../store/fileCalls.js';
import { highestGeneration } from '../store/highestGeneration.js';
import { keepDatabaseAddress } from '../store/postgres/databaseAddress.js';
import { giveShared, takeShared } from './carryShared.js';
import { type CopyNote, readCopyNote, writeCopyNote } from './copyNote.js';
import { copyStore, type MoveWatch } from './copyStore.js';
import { copyFolder, type MovedSize, sealsIn, sizeOfStore } from './moveFolders.js';
import { closeStore, openSiteStore } from '../store/openSiteStore.js';
import type { Store } from '../store/Store.js';
import { type MoveTarget, refuseRoom } from './refuseMove.js';
import { removeCopy } from './removeCopy.js';
import { databaseAt, leaveShared, refuseShared } from './serverDatabase.js';
import { differenceOf, storeDigest, wholeDigest } from './storeDigest.js';

/** What is copied, with the lock of the site held. */
interface CopyWork extends MoveWatch {
  readonly site: SiteFolder;
  readonly target: MoveTarget;
  readonly report: (line: string) => void;
}

/** A copy that was compared with its original. */
export interface MadeCopy {
  /** In which it was written last. */
  readonly generation: number;
  /** Names in the folder of the copy that make up the store. */
  readonly put: readonly string[];
  readonly documents: number;
  readonly rows: number;
  /** Of all rows and documents, whichever database has them. */
  readonly digest: string;
  /** Bytes of the original. */
  readonly size: MovedSize;
  /** True where it went on with a copy that was interrupted. */
  readonly isResumed: boolean;
  /** What to know of it, as whole sentences. */
  readonly remarks: readonly string[];
}

/** Whether there was a copy, and whether it goes on. */
type Begun = 'new' | 'resumed' | 'again';

const AGAIN =
  'The site was used since an earlier move of it was interrupted, or that move was to another database: the copy was ' +
  'made again.';

/**
 * Makes the copy of a store, or goes on with one that was interrupted, reads all of it again from the disk and compares
 * it with the original. `generation` is that of the lock. @throws SyncError MoveDiffers, StoreCorrupt, Cancelled
 */
export async function makeCopy(work: CopyWork, generation: number): Promise<MadeCopy> {
  const { site, target, report } = work;
  const source = await openSiteStore({ site, generation, report });
  try {
    const absent = await refuseShared(site, source);
    const size = (await source.database.size?.()) ?? sizeOfStore(site);
    refuseRoom(site, target.to, size);
    await takeShared(site, source);
    await refuseDamaged(source);
    const counts = await source.database.tableCounts();
    const rows = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const begun = await beginCopy(work, wholeDigest(await digestOf(work, source, { of: 'places', rows })));
    await fillCopy(work, source, generation);
    const { digest, last } = await compareCopy(work, { source, rows }, generation);
    await leaveShared(site, source);
    const put = [SITE_FILES.database, SITE_FILES.documents, ...sealsIn(site.files, copyFolder(site))];
    return {
      ...{ generation: last, put, digest, rows, documents: counts.revision, size },
      isResumed: begun === 'resumed',
      remarks: [...(begun === 'again' ? [AGAIN] : []), ...remarksOn(absent)],
    };
  } finally {
    await closeStore(source);
  }
}

function remarksOn(absent: readonly string[]): string[] {
  if (absent.length === 0) return [];
  return [`These servers shared the old database and cannot open the site any more: ${absent.join(', ')}.`];
}

/** What is damaged is not moved: what can be repaired is repaired before. */
async function refuseDamaged({ database }: Store): Promise<void> {
  const [problem] = (await database.inspect(false)).problems;
  if (problem !== undefined) throw new SyncError('StoreCorrupt', { path: problem.path, reason: problem.reason });
}

const ACTIVITIES = { places: 'Reading the database', documents: 'Comparing rows and documents' } as const;

async function digestOf(
  { signal, onProgress }: MoveWatch,
  store: Store,
  { of, rows, before = 0, total = rows }: { of: 'places' | 'documents'; rows: number; before?: number; total?: number },
): ReturnType<typeof storeDigest> {
  let done = before;
  return storeDigest(store, of, {
    signal,
    onRows: (count) => {
      done += count;
      onProgress(ACTIVITIES[of], done, total);
    },
  });
}

/** A copy of something else is none of this site as it is now. `state`: the digest of the original with its places. */
async function beginCopy(work: CopyWork, state: string): Promise<Begun> {
  const { site, target } = work;
  const { files } = site;
  const folder = copyFolder(site);
  const where = target.address === undefined ? undefined : databaseAt(target.address);
  const note: CopyNote = { format: 1, from: site.database ?? null, to: target.to ?? null, where, state };
  const found = readCopyNote(site);
  const isSame = found !== undefined && JSON.stringify(found) === JSON.stringify(note);
  const hadOne = files.existsSync(folder);
  if (!isSame) {
    if (hadOne) await removeCopy(site);
    for (const name of ['', SITE_FILES.database, SITE_FILES.documents])
      writing(folder, () => files.mkdirSync(path.join(folder, name), { mode: 0o770 }));
    await writeCopyNote(site, note);
  }
  if (target.address !== undefined) await keepDatabaseAddress(site, target.address, realSealer());
  return isSame ? 'resumed' : hadOne ? 'again' : 'new';
}

async function openCopy({ site, target, report }: CopyWork, generation: number): Promise<[Store, number]> {
  const place = storePlaceOf({ path: copyFolder(site), siteGuid: site.siteGuid });
  // An earlier attempt may have come further than the lock.
  const own = Math.max(highestGeneration(site.files, place), generation) + 1;
  return [await openSiteStore({ site, next: { engine: target.to, place }, generation: own, report }), own];
}

async function fillCopy(work: CopyWork, source: Store, generation: number): Promise<void> {
  const [target] = await openCopy(work, generation);
  try {
    await giveShared(work.site, target);
    await copyStore({ signal: work.signal, onProgress: work.onProgress, source, target });
    await target.database.fold({ isDue: true });
  } finally {
    await closeStore(target);
  }
}

/** Opened anew, so that what is compared was read from the disk. A copy that differs is removed. */
async function compareCopy(
  work: CopyWork,
  { source, rows }: { readonly source: Store; readonly rows: number },
  generation: number,
): Promise<{ readonly digest: string; readonly last: number }> {
  const [target, last] = await openCopy(work, generation);
  let difference: string | undefined;
  try {
    const original = await digestOf(work, source, { of: 'documents', rows, total: 2 * rows });
    const copy = await digestOf(work, target, { of: 'documents', rows, before: rows, total: 2 * rows });
    difference = differenceOf(original, copy);
    if (difference === undefined) return { digest: wholeDigest(copy), last };
  } finally {
    await closeStore(target);
  }
  await removeCopy(work.site);
  throw new SyncError('MoveDiffers', { site: work.site.siteCode, difference });
}
