import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { FileCalls } from '../platform/files/FileCalls.js';
import { removeWithRetry } from '../platform/files/heldFiles.js';
import { syncFolder } from '../platform/files/syncFolder.js';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { SiteFolder } from './SiteFolder.js';
import { exchangeFiles } from './exchangeFiles.js';

/**
 * What `restore.json` of a site folder holds: a restore that has been decided. From then on it is carried out, whoever
 * opens the site next, until the record is gone.
 */
interface RestoreRecord {
  readonly format: 1;
  /** Higher than that of every engine before: those that are paused lose the site. */
  readonly generation: number;
  /** Names that come out of the folder `restore.new`, in the place of those of the site. */
  readonly put: readonly string[];
  /** Names that go with what is replaced, and have no successor. */
  readonly away: readonly string[];
}

type RecordPlace = Pick<SiteFolder, 'path' | 'files'>;

/** Names of a restore in the site folder. */
export const RESTORE_FILES = { record: 'restore.json', restoring: 'restore.new', replaced: 'restore.old' } as const;

/** Reads the record; undefined where no restore has been decided. */
export function readRestoreRecord({
  path,
  files,
}: {
  path: string;
  files: Pick<FileCalls, 'readFileSync'>;
}): RestoreRecord | undefined {
  try {
    return JSON.parse(files.readFileSync(join(path, RESTORE_FILES.record)).toString('utf8')) as RestoreRecord;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Decides a restore: durable on return. */
export async function writeRestoreRecord({ path, files }: RecordPlace, record: RestoreRecord): Promise<void> {
  await replaceFile(join(path, RESTORE_FILES.record), `${JSON.stringify(record)}\n`, { files, mode: 0o660 });
}

type Place = Pick<SiteFolder, 'path' | 'files'>;

/**
 * Carries out a restore that has been decided, from wherever it was ended, and takes away what one left that was ended
 * before. Called with the lock of the site held; true where a restore was carried out.
 * @throws SyncError StoreWriteFailed
 */
export async function finishRestore(site: Place): Promise<boolean> {
  try {
    const record = readRestoreRecord(site);
    if (record !== undefined) await exchange(site, record);
    for (const name of [RESTORE_FILES.restoring, RESTORE_FILES.replaced])
      if (site.files.existsSync(join(site.path, name))) await removeWithRetry(site.files, join(site.path, name));
    return record !== undefined;
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError(
      'StoreWriteFailed',
      { path: site.path, reason: `a restore could not be finished (${reasonOf(error)})` },
      { cause: error },
    );
  }
}

/** What is replaced stays in a folder of its own until everything new is in its place. */
async function exchange(site: Place, { put, away }: RestoreRecord): Promise<void> {
  const { restoring: fresh, replaced, record } = RESTORE_FILES;
  await exchangeFiles(site, { fresh, replaced, put, away });
  await removeWithRetry(site.files, join(site.path, record));
  syncFolder(site.files, site.path);
}
