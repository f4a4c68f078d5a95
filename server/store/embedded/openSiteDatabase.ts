import type { SiteDatabase } from '../SiteDatabase.js';
import type { StoreFiles } from '../StoreFiles.js';
import { backUpDatabase } from './backUpDatabase.js';
import { createEmbeddedDatabase } from './createEmbeddedDatabase.js';
import { findJournals } from './findJournals.js';
import { Identities } from './Identities.js';
import { Journal } from './Journal.js';
import { JournalChain } from './JournalChain.js';
import { replayDatabase, type ReplayedDatabase } from './replayDatabase.js';
import { FORMAT } from './schema.js';
import { loadSqlJs } from './SqlConnection.js';
import { reasonOf } from '../../errors/SyncError.js';

/** What opening needs: the `database` folder of a site, and the generation that the engine's lock gave. */
export interface OpenOptions {
  readonly folder: string;
  readonly files: StoreFiles;
  readonly generation: number;
  /** Called after the journal of this generation was created: throws when a higher generation exists. */
  readonly verifyHighest?: () => void | Promise<void>;
  /** Gets what an administrator may want to know, a line each: a migration, a transaction that was left out. */
  readonly report?: (line: string) => void;
  /** Journal bytes from which a fold is due; 4 MB unless given. */
  readonly foldFrom?: number;
}

/**
 * Opens the embedded database: newest snapshot, then every whole transaction of the journals that go on from it, then a
 * journal of this engine's own. A torn last transaction was never acknowledged and is left out. A database of an older
 * format is copied to `backup-format<n>` first, then migrated and folded.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed, StoreWriteFailed
 */
export async function openSiteDatabase(options: OpenOptions): Promise<SiteDatabase> {
  const { folder, files } = options;
  const sql = await loadSqlJs();
  const found = findJournals(files, folder);
  const replayed = replayDatabase(sql, files, { folder, found });
  try {
    if (replayed.torn !== undefined)
      options.report?.(`${replayed.torn} ends with a transaction that was never acknowledged; it was left out.`);
    if (found.format === FORMAT) return await begin(options, replayed, false);
    const backup = await backUpDatabase(files, folder, `backup-format${found.format}`);
    replayed.connection.migrate(FORMAT);
    const database = await begin(options, replayed, true);
    options.report?.(
      `The site database was migrated from format ${found.format} to ${FORMAT}; the one before is in ${backup}.`,
    );
    await database
      .fold()
      .catch((error: unknown) =>
        options.report?.(`Writing a snapshot failed: ${reasonOf(error)}. The journal goes on.`),
      );
    return database;
  } catch (error) {
    replayed.connection.close();
    throw error;
  }
}

async function begin(options: OpenOptions, replayed: ReplayedDatabase, isFoldDue: boolean): Promise<SiteDatabase> {
  const { folder, files, generation, foldFrom } = options;
  const { connection, previous, bytes } = replayed;
  connection.migrate(FORMAT);
  const journal = Journal.create(files, folder, { name: { generation, sequence: 0 }, previous });
  await options.verifyHighest?.();
  const chain = new JournalChain({ files, folder, journal, replayed: bytes });
  return createEmbeddedDatabase({
    connection,
    identities: new Identities(connection),
    chain,
    folder,
    files,
    foldFrom,
    isFoldDue,
  });
}
