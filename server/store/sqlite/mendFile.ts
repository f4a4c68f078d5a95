import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { atOnce } from '../../platform/inTurns.js';
import type { StoreProblem } from '../StoreInspection.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { createFile, reading, writing } from '../fileCalls.js';
import { SealKeeper } from '../seal/SealKeeper.js';
import { readSeal } from '../seal/sealFile.js';
import { SERVED_BY } from '../settingNames.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import { FORMAT } from '../sql/schema.js';
import { nextState, positionOf, readState, writeState } from './EngineRow.js';
import type { SqliteConnection } from './SqliteConnection.js';
import { openBeside, problemsOf } from './fileDamage.js';
import type { NodeSqlite } from './nodeSqlite.js';
import { refuseReachable } from './refuseReachable.js';
import { reasonAgainstSeal } from './sealedState.js';
import { madeFile, SQLITE_FILE, SQLITE_FILES } from './sqliteFiles.js';

/** The file of a site that no engine has open. */
interface FilePart {
  readonly library: NodeSqlite;
  readonly files: StoreFiles;
  readonly place: StorePlace;
}

/** What is wrong with a file. */
export interface ExaminedFile {
  /** Open for reading; undefined where its rows cannot be relied on. */
  readonly connection: SqliteConnection | undefined;
  readonly problems: readonly StoreProblem[];
  /** What is lost where a loss has to be accepted, as the end of a sentence. */
  readonly lost: string;
}

/** Reads a file as an engine that opens it would, and all of its tables. @throws SyncError StoreNewerFormat */
export async function examineFile({ library, files, place }: FilePart): Promise<ExaminedFile> {
  const file = path.join(place.database, SQLITE_FILE);
  const unreadable = (reason: string): ExaminedFile => ({
    connection: undefined,
    problems: [{ path: file, position: null, reason, repair: 'Rebuild' }],
    lost: '',
  });
  if (!files.existsSync(file)) return unreadable('it is missing');
  reading(place.database, () => refuseReachable(files, place.database));
  let connection: SqliteConnection | undefined;
  try {
    connection = openBeside(library, file, true);
    const problems = await problemsOf(connection);
    if (!problems.some(({ repair }) => repair === 'Rebuild'))
      return examineState(connection, problems, { files, place });
    connection.close();
    return { connection: undefined, problems, lost: '' };
  } catch (error) {
    connection?.close();
    if (error instanceof SyncError && error.errorId === 'StoreCorrupt') return unreadable(String(error.data['reason']));
    throw error;
  }
}

function examineState(
  connection: SqliteConnection,
  problems: readonly StoreProblem[],
  { files, place }: Pick<FilePart, 'files' | 'place'>,
): ExaminedFile {
  const { file, format } = connection;
  if (format > FORMAT) throw new SyncError('StoreNewerFormat', { path: file, found: format, known: FORMAT });
  const state = readState(connection);
  if (state.site !== place.siteGuid)
    throw new SyncError('StoreCorrupt', { path: file, reason: `it belongs to the site ${state.site}` });
  const found = readSeal(files, place);
  const reason = reasonAgainstSeal(state, found);
  if (reason === undefined) return { connection, problems, lost: '' };
  const missing = (found.seal?.highestDocument ?? 0) - atOnce(highestRevision(connection));
  const lost = 'all that is newer than this file' + (missing > 0 ? `, ${missing} of its documents among it` : '');
  return {
    connection,
    problems: [...problems, { path: file, position: null, reason, repair: 'AcceptLoss' }],
    lost,
  };
}

/** Makes the indexes again from their tables. @throws SyncError StoreCorrupt where that does not mend it */
export async function reindexFile({ library, place }: FilePart): Promise<void> {
  const connection = openBeside(library, path.join(place.database, SQLITE_FILE), false);
  try {
    connection.setUp();
    connection.exec('REINDEX');
    for (const { path: file, reason } of await problemsOf(connection))
      throw new SyncError('StoreCorrupt', { path: file, reason });
  } finally {
    connection.close();
  }
}

/** Lets a file stand for the site as it is; what was lost may have been served, so the site is another server. */
export function sealFileAnew({ library, files, place }: FilePart, generation: number): void {
  const connection = openBeside(library, path.join(place.database, SQLITE_FILE), false);
  try {
    connection.setUp();
    const state = nextState(readState(connection), generation);
    connection.exec('BEGIN IMMEDIATE');
    connection.run('putSetting', [SERVED_BY, 'null']);
    writeState(connection, state);
    connection.exec('COMMIT');
    const keeper = SealKeeper.create(
      { files, place, generation, report: () => undefined },
      { position: positionOf(state), highestDocument: atOnce(highestRevision(connection)) },
    );
    keeper.removeOlder();
    keeper.close();
  } finally {
    connection.close();
  }
}

/** Fills a new file, which takes the place of the old one once it is whole, and is sealed. */
export async function replaceFile(
  part: FilePart,
  generation: number,
  fill: (connection: SqliteConnection) => Promise<void>,
): Promise<void> {
  const { files, place } = part;
  reading(place.database, () => refuseReachable(files, place.database));
  const made = path.join(place.database, madeFile(generation));
  writing(made, () => files.rmSync(made, { force: true }));
  files.closeSync(createFile(files, made, Buffer.alloc(0)));
  const connection = openBeside(part.library, made, false);
  try {
    connection.migrate(FORMAT);
    writeState(connection, { site: place.siteGuid, generation: 0, commits: 0, digest: '' });
    await fill(connection);
  } finally {
    connection.close();
  }
  // The log of the old file first: it must never be taken for that of the new one.
  for (const name of SQLITE_FILES.slice(1))
    writing(made, () => files.rmSync(path.join(place.database, name), { force: true }));
  writing(made, () => files.renameSync(made, path.join(place.database, SQLITE_FILE)));
  sealFileAnew(part, generation);
}
