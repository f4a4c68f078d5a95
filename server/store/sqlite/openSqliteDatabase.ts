import path from 'node:path';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { atOnce } from '../../platform/inTurns.js';
import { removeAfterFailure, removeWithRetry, renameWithRetry } from '../../platform/files/heldFiles.js';
import { syncFolder } from '../../platform/files/syncFolder.js';
import { processState } from '../../platform/processState.js';
import type { SiteDatabase } from '../SiteDatabase.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { parseClaimFile, removeClaims, writeClaim } from '../claimFile.js';
import { asRename, createFile, namesIn, reading, writing, writingLater } from '../fileCalls.js';
import { SealKeeper } from '../seal/SealKeeper.js';
import { readSeal } from '../seal/sealFile.js';
import type { FoundSeal } from '../seal/sealFile.js';
import { parseSegmentFile } from '../segmentFile.js';
import { Identities } from '../sql/Identities.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import { FORMAT, PACKED_FORMAT } from '../sql/schema.js';
import { positionOf, readState, writeState } from './EngineRow.js';
import { SqliteConnection } from './SqliteConnection.js';
import { createSqliteDatabase } from './createSqliteDatabase.js';
import { loadNodeSqlite } from './nodeSqlite.js';
import type { NodeProcess, NodeSqlite } from './nodeSqlite.js';
import { refuseNetworkShare } from './refuseNetworkShare.js';
import { refuseReachable } from './refuseReachable.js';
import { reasonAgainstSeal } from './sealedState.js';
import { isHeldFile, isMadeFile, SQLITE_FILE } from './sqliteFiles.js';
import { onFile } from './sqliteErrors.js';

/** What opening needs: where the store of the site lies, and the generation that the engine's lock gave. */
export interface SqliteOptions {
  readonly place: StorePlace;
  readonly files: StoreFiles;
  readonly generation: number;
  /** Called once the file belongs to this generation: throws when a higher generation exists. */
  readonly verifyHighest?: (() => void | Promise<void>) | undefined;
  /** Gets what an administrator may want to know, a line each. */
  readonly report?: (line: string) => void;
  readonly node?: NodeProcess;
  /** Ms that opening and each transaction wait for another process that has the file. */
  readonly patience?: number;
}

const PATIENCE = 5000;

/**
 * Opens the database file of a site, or makes it where there is none and none ever was. From then on an engine of a
 * lower generation writes nothing more: each transaction looks whose the file is.
 * @throws SyncError DatabaseEngineMissing, DatabaseOnNetworkShare, DatabaseFolderShared, DatabaseBusy, StoreCorrupt,
 * StoreNewerFormat, StoreReadFailed, StoreWriteFailed, StoreSuperseded
 */
export async function openSqliteDatabase(options: SqliteOptions): Promise<SiteDatabase> {
  const { files, place, generation, report = () => undefined } = options;
  const library = loadNodeSqlite(path.basename(place.site), options.node);
  if (!files.existsSync(place.database))
    throw new SyncError('StoreCorrupt', { path: place.database, reason: 'it is missing' });
  reading(place.database, () => refuseNetworkShare(files, place.database));
  reading(place.database, () => refuseReachable(files, place.database));
  const claim = writeClaim(options);
  let connection: SqliteConnection | undefined;
  try {
    const found = readSeal(files, place);
    adopt(options);
    refuseLoss(options, found);
    connection = openFile(library, options);
    await prepare(options, connection, found);
    const seal = takeOver(options, connection, found);
    await options.verifyHighest?.();
    for (const { path: file, reason } of found.damaged)
      report(`${file}, a copy of the seal, is damaged (${reason}). The other copy is used.`);
    seal.removeOlder();
    // And copies that nobody reads any more.
    removeClaims(options, report, (name) => isHeldFile(name) || isMadeFile(name));
    return createSqliteDatabase({
      connection,
      identities: new Identities(connection),
      seal,
      place,
      generation,
      files,
      library,
    });
  } catch (error) {
    connection?.close();
    removeAfterFailure(files, claim);
    throw withHolder(error, options);
  }
}

/** The copy that a backup brought becomes the database; what the seal witnesses must be in it as well. */
function adopt({ files, place }: SqliteOptions): void {
  const file = path.join(place.database, SQLITE_FILE);
  const [held, ...others] = namesIn(files, place.database).filter(
    (name) => name.endsWith('.sqlite') && isHeldFile(name),
  );
  if (held === undefined || others.length > 0 || files.existsSync(file)) return;
  writing(file, () => files.renameSync(path.join(place.database, held), file));
}

/** Without its file a database is gone: none is made where there was one. */
function refuseLoss({ files, place }: SqliteOptions, { seal, otherSite }: FoundSeal): void {
  const file = path.join(place.database, SQLITE_FILE);
  const corrupt = (where: string, reason: string): SyncError => new SyncError('StoreCorrupt', { path: where, reason });
  if (otherSite !== undefined) throw corrupt(place.site, `its seal belongs to the site ${otherSite}`);
  if (files.existsSync(file)) return;
  if (seal !== undefined) throw corrupt(file, `it is missing; ${seal.highestDocument} documents were known`);
  if (namesIn(files, place.documents).some((name) => parseSegmentFile(name) !== undefined))
    throw corrupt(place.database, 'it contains no database, but documents of one exist');
}

function openFile(
  { DatabaseSync }: NodeSqlite,
  { files, place, patience = PATIENCE }: SqliteOptions,
): SqliteConnection {
  const file = path.join(place.database, SQLITE_FILE);
  // SQLite would make it with the rights that it likes.
  if (!files.existsSync(file)) files.closeSync(createFile(files, file, Buffer.alloc(0)));
  return onFile(file, () => {
    const connection = new SqliteConnection(new DatabaseSync(file, { returnArrays: true, timeout: patience }), file);
    connection.setUp();
    return connection;
  });
}

/** Makes or migrates the tables in one transaction; an older database is copied before. */
async function prepare(
  { files, place, report }: SqliteOptions,
  connection: SqliteConnection,
  { seal }: FoundSeal,
): Promise<void> {
  const { file, format } = connection;
  if (format === FORMAT) return;
  if (format > FORMAT) throw new SyncError('StoreNewerFormat', { path: file, found: format, known: FORMAT });
  if (format === 0 && seal?.position !== undefined && seal.position !== null)
    throw new SyncError('StoreCorrupt', { path: file, reason: 'it is empty' });
  const backup = path.join(place.database, `backup-format${format}.sqlite`);
  if (format > 0) await copyWhole(files, connection, backup);
  connection.exec('BEGIN IMMEDIATE');
  try {
    connection.migrate(FORMAT);
    if (format === 0) writeState(connection, { site: place.siteGuid, generation: 0, commits: 0, digest: '' });
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.isInTransaction) connection.exec('ROLLBACK');
    throw error;
  }
  if (format > 0)
    report?.(`The site database was migrated from format ${format} to ${FORMAT}; the previous one is in ${backup}.`);
  if (format > 0 && format < PACKED_FORMAT) shorten(connection, report);
}

/** The whole copy stands there, or none; one of a time before is replaced. */
async function copyWhole(files: StoreFiles, connection: SqliteConnection, target: string): Promise<void> {
  const temporary = `${target}.tmp`;
  // SQLite has its own journal beside it, which a killed engine leaves too.
  const parts = [temporary, `${temporary}-journal`];
  await writingLater(target, async () => {
    for (const part of parts) await removeWithRetry(files, part);
    try {
      connection.one('VACUUM INTO ?', [temporary]);
      syncFile(files, temporary);
      await renameWithRetry(temporary, target, { rename: asRename(files) });
      syncFolder(files, path.dirname(target));
    } catch (error) {
      for (const part of parts) removeAfterFailure(files, part);
      throw error;
    }
  });
}

function syncFile(files: StoreFiles, file: string): void {
  const descriptor = files.openSync(file, 'r+');
  try {
    files.fsyncSync(descriptor);
  } finally {
    files.closeSync(descriptor);
  }
}

/** Gives back the room that rows no longer need; where that fails, the file stays as long as it was. */
function shorten(connection: SqliteConnection, report: SqliteOptions['report']): void {
  try {
    connection.exec('VACUUM');
  } catch (error) {
    report?.(`${connection.file} could not be made shorter: ${reasonOf(error)}. Its room is used again.`);
  }
}

/** The file is this engine's from here on; its seal says how far the database was then. */
function takeOver(options: SqliteOptions, connection: SqliteConnection, found: FoundSeal): SealKeeper {
  const { files, place, generation, report = () => undefined } = options;
  connection.exec('BEGIN IMMEDIATE');
  try {
    const state = readState(connection);
    if (state.site !== place.siteGuid)
      throw new SyncError('StoreCorrupt', { path: connection.file, reason: `it belongs to the site ${state.site}` });
    if (state.generation >= generation)
      throw new SyncError('StoreSuperseded', { site: path.basename(place.site), generation: state.generation });
    const reason = reasonAgainstSeal(state, found);
    if (reason !== undefined) throw new SyncError('StoreCorrupt', { path: connection.file, reason });
    writeState(connection, { ...state, generation });
    const position = positionOf({ ...state, generation });
    const keeper = SealKeeper.create(
      { files, place, generation, report },
      { position, highestDocument: atOnce(highestRevision(connection)) },
    );
    try {
      connection.exec('COMMIT');
    } catch (error) {
      keeper.close();
      throw error;
    }
    return keeper;
  } catch (error) {
    if (connection.isInTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

/** The error of a file that another process has, with the engine before this one where that is still there. */
function withHolder(error: unknown, { files, place, generation }: SqliteOptions): unknown {
  if (!(error instanceof SyncError) || error.errorId !== 'DatabaseBusy') return error;
  for (const name of namesIn(files, place.database)) {
    if ((parseClaimFile(name) ?? generation) >= generation) continue;
    const text = files.readFileSync(path.join(place.database, name)).toString('utf8');
    const processId = Number(text.trim());
    const state = processId > 0 ? processState(processId) : 'gone';
    if (state === 'gone') continue;
    const holder = `process ${processId}, an earlier engine${state === 'stopped' ? ' that is stopped' : ''}`;
    return new SyncError('DatabaseBusy', { path: String(error.data['path']), holder }, { cause: error });
  }
  return error;
}
