import { join } from 'node:path';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { FileCalls } from '../platform/files/FileCalls.js';
import { removeWithRetry } from '../platform/files/heldFiles.js';
import { replaceFile } from '../platform/replaceFile.js';
import { systemErrorCode } from '../platform/systemErrorCode.js';
import type { DecidedMove, KeptDatabase, SiteDescription, SiteFolder } from './SiteFolder.js';
import { SITE_FILES } from './SiteFolder.js';
import { exchangeFiles } from './exchangeFiles.js';

/** Names of a move in the site folder: the copy while it is made, and the old database afterwards. */
export const MOVE_FILES = { copy: 'move.new', kept: 'move.old' } as const;

/**
 * What `site.json` names as the engine while a move is carried out: versions that know nothing of moves refuse it, and
 * make no database in the place of one that is between two folders.
 */
const MOVING = 'moving';

type Place = Pick<SiteFolder, 'path' | 'files'>;

/** The generation of a move that has been decided and is not carried out yet; 0 for none. */
export function decidedGeneration({ path, files }: Readable): number {
  return foundDescription({ path, files })?.moving?.generation ?? 0;
}

/**
 * Decides a move, durable on return: from here on the site has its new database. `database`: its engine, undefined for
 * sql.js. @throws SyncError StoreWriteFailed
 */
export async function decideMove(
  site: Place,
  {
    database,
    moving,
    kept,
  }: { database: string | undefined; moving: Omit<DecidedMove, 'database'>; kept: KeptDatabase },
): Promise<void> {
  await changeDescription(site, { database: MOVING, moving: { ...moving, database }, kept });
}

/**
 * Carries out a move that has been decided, from wherever it was ended. Called with the lock of the site held; true
 * where one was carried out. @throws SyncError StoreWriteFailed
 */
export async function finishMove(site: Place): Promise<boolean> {
  const description = readDescription(site);
  const { moving } = description;
  if (moving === undefined) return false;
  try {
    await exchangeFiles(site, { fresh: MOVE_FILES.copy, replaced: MOVE_FILES.kept, ...moving });
    // Before the note: a copy without a move that was decided is one that was interrupted.
    await removeWithRetry(site.files, join(site.path, MOVE_FILES.copy));
    await changeDescription(site, { database: databaseOf(description), moving: undefined });
  } catch (error) {
    if (error instanceof SyncError) throw error;
    throw new SyncError(
      'StoreWriteFailed',
      { path: site.path, reason: `a move to another database could not be finished (${reasonOf(error)})` },
      { cause: error },
    );
  }
  return true;
}

/** The engine of the database that a site has, or gets from whoever opens it next; undefined for sql.js. */
export function databaseOf({ database, moving }: Pick<SiteDescription, 'database' | 'moving'>): string | undefined {
  return database === MOVING ? moving?.database : database;
}

/** A site as it is now: it may have been moved to another database since it was opened. */
export function withItsDatabase(site: SiteFolder): SiteFolder {
  const { database: _database, moving: _moving, kept: _kept, ...rest } = site;
  const now = foundDescription(site);
  if (now === undefined) return site;
  const database = databaseOf(now);
  return {
    ...rest,
    ...(database === undefined ? {} : { database }),
    ...(now.moving === undefined ? {} : { moving: now.moving }),
    ...(now.kept === undefined ? {} : { kept: now.kept }),
  };
}

/** True where a move was interrupted before it was decided. */
export function hasCopy({ path, files }: Place): boolean {
  return files.existsSync(join(path, MOVE_FILES.copy));
}

/** Forgets the old database once it is gone. @throws SyncError StoreWriteFailed */
export async function forgetKept(site: Place): Promise<void> {
  await changeDescription(site, { kept: undefined });
}

type Readable = { readonly path: string; readonly files: Pick<FileCalls, 'readFileSync'> };

/** A part of a site folder has no description. */
function foundDescription(place: Readable): SiteDescription | undefined {
  try {
    return readDescription(place);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function readDescription({ path, files }: Readable): SiteDescription {
  return JSON.parse(files.readFileSync(join(path, SITE_FILES.description)).toString('utf8')) as SiteDescription;
}

type Changes = { readonly [Name in 'database' | 'moving' | 'kept']?: SiteDescription[Name] | undefined };

/** What is undefined leaves the file; everything else in it stays. */
async function changeDescription(site: Place, changes: Changes): Promise<void> {
  const file = join(site.path, SITE_FILES.description);
  try {
    const mode = site.files.lstatSync(file).mode & 0o777;
    const text = JSON.stringify({ ...readDescription(site), ...changes }, null, 2);
    await replaceFile(file, `${text}\n`, { files: site.files, mode });
  } catch (error) {
    throw new SyncError('StoreWriteFailed', { path: file, reason: reasonOf(error) }, { cause: error });
  }
}
