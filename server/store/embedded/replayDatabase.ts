import path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { StoreProblem } from '../StoreInspection.js';
import type { DatabaseFiles, JournalToReplay } from './findJournals.js';
import type { JournalHeader } from './journalFile.js';
import { endOf, transactionsOf, type Transaction } from './readTransactions.js';
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

/** The same up to the first damaged transaction. */
export interface PartlyReplayed extends ReplayedDatabase {
  readonly problem: StoreProblem | undefined;
}

/** Where a replay stands. */
interface Progress {
  readonly connection: SqlConnection;
  previous: JournalHeader['previous'];
  bytes: number;
  torn: string | undefined;
  problem: StoreProblem | undefined;
}

/**
 * Loads the snapshot and applies every whole transaction of the journals that go on from it.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export function replayDatabase(
  sql: SqlJsStatic,
  files: StoreFiles,
  from: { folder: string; found: Pick<DatabaseFiles, 'snapshot' | 'journals'> },
): ReplayedDatabase {
  const replayed = replayToDamage(sql, files, from);
  if (replayed.problem === undefined) return replayed;
  replayed.connection.close();
  throw new SyncError('StoreCorrupt', { path: replayed.problem.path, reason: replayed.problem.reason });
}

/**
 * The same, but a damaged transaction only ends the replay.
 * @throws SyncError StoreCorrupt (the snapshot), StoreNewerFormat, StoreReadFailed
 */
export function replayToDamage(
  sql: SqlJsStatic,
  files: StoreFiles,
  from: { folder: string; found: Pick<DatabaseFiles, 'snapshot' | 'journals'> },
): PartlyReplayed {
  const { snapshot, journals } = from.found;
  const image =
    snapshot === undefined ? undefined : readSnapshot(files, path.join(from.folder, snapshotFile(snapshot)));
  const progress: Progress = {
    connection: new SqlConnection(sql, image),
    previous: null,
    bytes: 0,
    torn: undefined,
    problem: undefined,
  };
  try {
    if (journals.length === 0) progress.connection.migrate(FORMAT);
    for (const journal of journals) if (progress.problem === undefined) replay(progress, journal);
    return progress;
  } catch (error) {
    progress.connection.close();
    throw error;
  }
}

function replay(progress: Progress, journal: JournalToReplay): void {
  progress.connection.migrate(journal.header.format);
  let at = journal.start;
  let reason = '';
  for (const transaction of transactionsOf(journal)) {
    reason = apply(progress.connection, journal, transaction);
    if (reason !== '') break;
    at = transaction.next;
  }
  if (reason === '') {
    const end = endOf(journal, at);
    if (end === 'damaged') reason = 'is damaged';
    if (end === 'torn') progress.torn = journal.file;
  }
  progress.previous = { generation: journal.header.generation, sequence: journal.header.sequence, length: at };
  progress.bytes += at;
  if (reason !== '')
    progress.problem = { path: journal.file, position: at, reason: `the transaction at byte ${at} ${reason}` };
}

/** Applies all of a transaction or nothing; gives what is wrong with it. */
function apply(connection: SqlConnection, journal: JournalToReplay, transaction: Transaction): string {
  connection.control('BEGIN');
  const reason = run(connection, journal, transaction);
  connection.control(reason === '' ? 'COMMIT' : 'ROLLBACK');
  return reason;
}

function run(connection: SqlConnection, journal: JournalToReplay, transaction: Transaction): string {
  try {
    return decodeSteps(transaction.payload, journal.header.statements, (name, values) => connection.run(name, values))
      ? ''
      : 'holds a statement that is not known';
  } catch (error) {
    return `cannot be applied (${reasonOf(error)})`;
  }
}
