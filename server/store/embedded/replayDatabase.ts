import path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { SyncError } from '../../errors/SyncError.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { DatabaseFiles, JournalToReplay } from './findJournals.js';
import type { JournalHeader } from './journalFile.js';
import { readTransactions } from './readTransactions.js';
import { FORMAT } from './schema.js';
import { readSnapshot, snapshotFile } from './snapshotFile.js';
import { SqlConnection } from './SqlConnection.js';
import { decodeSteps } from './StepEncoder.js';

/** A database as its files say it is, in the format of the newest of them. */
export interface ReplayedDatabase {
  readonly connection: SqlConnection;
  /** What the next journal goes on from. */
  readonly previous: JournalHeader['previous'];
  /** Bytes of the journals that were replayed. */
  readonly bytes: number;
  /** The journal whose last transaction was never acknowledged. */
  readonly torn: string | undefined;
}

/**
 * Loads the snapshot and applies every whole transaction of the journals that go on from it.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export function replayDatabase(sql: SqlJsStatic, files: StoreFiles, from: { folder: string; found: DatabaseFiles }): ReplayedDatabase {
  const { snapshot, journals } = from.found;
  const image = snapshot === undefined ? undefined : readSnapshot(files, path.join(from.folder, snapshotFile(snapshot)));
  const connection = new SqlConnection(sql, image);
  try {
    if (journals.length === 0) connection.migrate(FORMAT);
    return { connection, ...replayAll(connection, journals) };
  } catch (error) {
    connection.close();
    throw error;
  }
}

function replayAll(connection: SqlConnection, journals: readonly JournalToReplay[]): Omit<ReplayedDatabase, 'connection'> {
  let previous: JournalHeader['previous'] = null;
  let bytes = 0;
  let torn: string | undefined;
  for (const journal of journals) {
    connection.migrate(journal.header.format);
    const end = readTransactions(journal, (payload, at) => applyTransaction(connection, journal, { payload, at }));
    if (end.state === 'damaged') throw new SyncError('StoreCorrupt', { path: journal.file, reason: `the transaction at byte ${end.length} is damaged` });
    if (end.state === 'torn') torn = journal.file;
    previous = { generation: journal.header.generation, sequence: journal.header.sequence, length: end.length };
    bytes += end.length;
  }
  return { previous, bytes, torn };
}

function applyTransaction(connection: SqlConnection, journal: JournalToReplay, transaction: { payload: Buffer; at: number }): void {
  const damaged = (reason: string, cause?: unknown): SyncError => new SyncError('StoreCorrupt', { path: journal.file, reason: `the transaction at byte ${transaction.at} ${reason}` }, { cause });
  connection.control('BEGIN');
  try {
    if (!decodeSteps(transaction.payload, journal.header.statements, (name, values) => connection.run(name, values))) throw damaged('holds a statement that is not known');
  } catch (error) {
    connection.control('ROLLBACK');
    throw error instanceof SyncError ? error : damaged('cannot be applied', error);
  }
  connection.control('COMMIT');
}
