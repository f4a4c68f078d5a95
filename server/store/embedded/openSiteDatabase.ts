import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { SiteDatabase } from '../SiteDatabase.js';
import { createEmbeddedDatabase } from './createEmbeddedDatabase.js';
import { findJournals, type DatabaseFiles, type JournalToReplay } from './findJournals.js';
import { Identities } from './Identities.js';
import { Journal } from './Journal.js';
import { readTransaction, type JournalHeader } from './journalFile.js';
import { FORMAT } from './schema.js';
import { readSnapshot, snapshotFile } from './snapshotFile.js';
import { loadSqlJs, SqlConnection } from './SqlConnection.js';
import { decodeSteps } from './StepEncoder.js';

/** What opening needs: the `database` folder of a site, and the generation that the engine's lock gave. */
export interface OpenOptions {
  readonly folder: string;
  readonly files: StoreFiles;
  readonly generation: number;
  /** Called after the journal of this generation was created: throws when a higher generation exists. */
  readonly verifyHighest?: () => void | Promise<void>;
}

/**
 * Opens the embedded database: newest snapshot, then every whole transaction of the journals that go on from it, then a
 * journal of this engine's own. A torn last transaction was never acknowledged and is left out.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreWriteFailed
 */
export async function openSiteDatabase(options: OpenOptions): Promise<SiteDatabase> {
  const { folder, files, generation } = options;
  const sql = await loadSqlJs();
  const found = findJournals(files, folder);
  const image = found.snapshot === undefined ? undefined : readSnapshot(files, path.join(folder, snapshotFile(found.snapshot)));
  const connection = new SqlConnection(sql, image);
  try {
    const previous = replayAll(connection, found);
    const journal = Journal.create(files, folder, { name: { generation, sequence: 0 }, previous });
    await options.verifyHighest?.();
    return createEmbeddedDatabase({ connection, identities: new Identities(connection), journal, folder, files, replayed: previous?.length ?? 0 });
  } catch (error) {
    connection.close();
    throw error;
  }
}

function replayAll(connection: SqlConnection, found: DatabaseFiles): JournalHeader['previous'] {
  let previous: JournalHeader['previous'] = null;
  for (const journal of found.journals) {
    const length = replay(connection, journal);
    previous = { generation: journal.header.generation, sequence: journal.header.sequence, length };
  }
  return previous;
}

/** Replays one journal and gives the length up to which it is whole. */
function replay(connection: SqlConnection, journal: JournalToReplay): number {
  if (journal.header.format > FORMAT) throw new SyncError('StoreNewerFormat', { path: journal.file, found: journal.header.format, known: FORMAT });
  let at = journal.start;
  while (at < Math.min(journal.end, journal.bytes.length)) {
    const transaction = readTransaction(journal.bytes, at);
    if (transaction === undefined || transaction.next > journal.end) break;
    applyTransaction(connection, journal, transaction.payload);
    at = transaction.next;
  }
  if (Number.isFinite(journal.end) && at !== journal.end) throw new SyncError('StoreCorrupt', { path: journal.file, reason: `the transaction at byte ${at} is damaged` });
  return at;
}

function applyTransaction(connection: SqlConnection, journal: JournalToReplay, payload: Buffer): void {
  connection.control('BEGIN');
  const whole = decodeSteps(payload, journal.header.statements, (name, values) => connection.run(name, values));
  if (!whole) throw new SyncError('StoreCorrupt', { path: journal.file, reason: 'a transaction holds a statement that is not known' });
  connection.control('COMMIT');
}
