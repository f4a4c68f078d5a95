import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { atOnce } from '../../platform/inTurns.js';
import { removeAfterFailure } from '../../platform/files/heldFiles.js';
import type { HeldDatabase, SiteDatabase } from '../SiteDatabase.js';
import { keepCategories } from '../keepCategories.js';
import type { DatabaseInspection, StoreProblem } from '../StoreInspection.js';
import type { StoreFiles } from '../StorePlace.js';
import { readSeal } from '../seal/sealFile.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import { createQueries } from '../sql/createQueries.js';
import { positionOf, readState } from './EngineRow.js';
import { SqliteWriter } from './SqliteWriter.js';
import type { SqliteParts } from './SqliteWriter.js';
import { openBeside, problemsOf } from './fileDamage.js';
import type { NodeSqlite } from './nodeSqlite.js';
import { asSyncError } from './sqliteErrors.js';
import { heldFile } from './sqliteFiles.js';

/** Pages that are copied in one step, which sees one moment. */
const ALL_PAGES = 2 ** 31 - 1;

/** What a database in a file works with. */
interface DatabaseParts extends SqliteParts {
  readonly files: StoreFiles;
  readonly library: NodeSqlite;
}

/** The site database in a file of SQLite. */
export function createSqliteDatabase(parts: DatabaseParts): SiteDatabase {
  const { connection, seal } = parts;
  const writer = new SqliteWriter(parts);
  const queries = createQueries(connection, parts.identities, writer);
  let held = 0;
  return {
    ...queries,
    ...keepCategories({ ...queries, commit: async (changes) => writer.commit(changes) }),
    inspect: async (quick) => inspect(parts, quick),
    fold: async () => writer.fold(),
    hold: async () => {
      held += 1;
      return hold(parts, heldFile(parts.generation, held));
    },
    rewrite: async () => {
      await writer.fold();
      await rewrite(parts);
    },
    close: async () => {
      await writer.ended();
      try {
        await writer.fold();
      } finally {
        seal.close();
        connection.close();
      }
    },
  };
}

/** A copy of what is committed, made in a thread by a connection of its own: what is being written is not in it. */
async function hold({ library, connection, files, place }: DatabaseParts, name: string): Promise<HeldDatabase> {
  const file = path.join(place.database, name);
  const release = (): void => files.rmSync(file, { force: true });
  const source = openBeside(library, connection.file, true);
  try {
    await library.backup(source.database, file, { rate: ALL_PAGES });
    const { position, highestDocument } = momentOf(library, file);
    return { files: [{ name, length: files.lstatSync(file).size }], position, highestDocument, release };
  } catch (error) {
    removeAfterFailure(files, file);
    throw asSyncError(file, error);
  } finally {
    source.close();
  }
}

/** What a copy holds, which becomes one file without a log beside it. */
function momentOf(library: NodeSqlite, file: string): Pick<HeldDatabase, 'position' | 'highestDocument'> {
  const copy = openBeside(library, file, false);
  try {
    copy.one('PRAGMA journal_mode = DELETE');
    return { position: positionOf(readState(copy)), highestDocument: atOnce(highestRevision(copy)) };
  } finally {
    copy.close();
  }
}

/** Reads the file again, table after table; `quick` compares it with the seal alone. */
async function inspect({ connection, files, place }: DatabaseParts, quick: boolean): Promise<DatabaseInspection> {
  const problems: StoreProblem[] = readSeal(files, place).damaged.map((copy) => ({ ...copy, position: null }));
  if (!quick) problems.push(...(await problemsOf(connection)));
  const isReadable = !problems.some(({ repair }) => repair === 'Rebuild');
  return { files: 1, transactions: isReadable ? readState(connection).commits : 0, problems };
}

/** Makes the indexes again from the tables, and the seal. @throws SyncError StoreCorrupt where that does not mend it */
async function rewrite({ connection, seal }: DatabaseParts): Promise<void> {
  connection.exec('REINDEX');
  seal.renew(positionOf(readState(connection)), atOnce(highestRevision(connection)));
  for (const { path: file, reason } of await problemsOf(connection))
    throw new SyncError('StoreCorrupt', { path: file, reason });
}
