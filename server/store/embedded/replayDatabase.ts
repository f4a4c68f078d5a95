import path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { reasonOf, SyncError } from '../../errors/SyncError.js';
import { atOnce, inTurns } from '../../platform/inTurns.js';
import type { Steps } from '../../platform/inTurns.js';
import type { StoreProblem } from '../StoreInspection.js';
import type { JournalPosition } from '../seal/sealFile.js';
import { SqlConnection } from './SqlConnection.js';
import { decodeSteps } from './StepEncoder.js';
import { highestRevision } from '../sql/catalogueQueries.js';
import { runBefore } from './findJournals.js';
import type { JournalRun, JournalSource, JournalToReplay } from './findJournals.js';
import { beginOf, differs, endOf, otherContent, problemOf, transactionsOf } from './readTransactions.js';
import type { Reached, Transaction } from './readTransactions.js';
import { FORMAT } from '../sql/schema.js';
import { readSnapshot, snapshotFile } from './snapshotFile.js';
import type { ReadSnapshot } from './snapshotFile.js';

/** A database may grow by so much before its memory is copied, which holds the engine; it takes only what it fills. */
const ROOM = 512 * 1024 * 1024;

/** A database as its files say it is, in the format of the newest of them. */
export interface ReplayedDatabase {
  readonly connection: SqlConnection;
  /** What it was read from. */
  readonly run: JournalRun;
  /** Size of the snapshot among it. */
  readonly snapshotBytes: number;
  /** Format of that snapshot; undefined without one. */
  readonly snapshotFormat: number | undefined;
  /** What the next journal goes on from. */
  readonly previous: JournalPosition | null;
  /** Bytes of the journals that were replayed. */
  readonly bytes: number;
  /** The journal whose last transaction was never acknowledged. */
  readonly torn: string | undefined;
  /** Snapshots that are damaged, newest first: the one before and the journals since stand for them. */
  readonly damagedSnapshots: readonly StoreProblem[];
}

/** The same up to the first damaged transaction. */
export interface PartlyReplayed extends ReplayedDatabase {
  readonly problem: StoreProblem | undefined;
}

/** Where a replay stands. */
interface Progress {
  readonly connection: SqlConnection;
  previous: JournalPosition | null;
  bytes: number;
  torn: string | undefined;
  problem: StoreProblem | undefined;
}

/**
 * Loads the snapshot and applies every whole transaction of the journals that go on from it. Others have their turn
 * meanwhile.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export async function replayDatabase(
  sql: SqlJsStatic,
  source: JournalSource,
  run: JournalRun,
): Promise<ReplayedDatabase> {
  const replayed = await replayToDamage(sql, source, run);
  if (replayed.problem === undefined) return replayed;
  const missing = missingDocuments(source, replayed.connection);
  replayed.connection.close();
  const { path: file, reason } = causeOf(replayed, replayed.problem);
  throw new SyncError('StoreCorrupt', { path: file, reason: `${reason}${missing}` });
}

/** A damaged snapshot comes first: the journals before it would not have been needed. */
function causeOf({ damagedSnapshots: [snapshot] }: ReplayedDatabase, problem: StoreProblem): StoreProblem {
  if (snapshot === undefined) return problem;
  return {
    ...snapshot,
    reason: `${snapshot.reason}; and ${path.basename(problem.path)} cannot replace it: ${problem.reason}`,
  };
}

/** How many documents the seal knows of and the database does not, as the end of a sentence. */
export function missingDocuments({ seal }: JournalSource, connection: SqlConnection): string {
  const known = seal?.highestDocument ?? 0;
  const missing = known - atOnce(highestRevision(connection));
  return missing > 0 ? `; ${missing} of ${known} known documents are missing from the database` : '';
}

/**
 * The same, but a damaged transaction only ends the replay.
 * @throws SyncError StoreCorrupt (every snapshot), StoreNewerFormat, StoreReadFailed
 */
export async function replayToDamage(
  sql: SqlJsStatic,
  source: JournalSource,
  newest: JournalRun,
): Promise<PartlyReplayed> {
  const { snapshot, run, damagedSnapshots } = await loadSnapshot(source, newest);
  const progress: Progress = {
    connection: new SqlConnection(sql, snapshot?.database, ROOM),
    previous: null,
    bytes: 0,
    torn: undefined,
    problem: undefined,
  };
  try {
    const snapshotFormat = snapshot === undefined ? undefined : progress.connection.format;
    if (run.journals.length === 0) progress.connection.migrate(FORMAT);
    for (const journal of run.journals) if (progress.problem === undefined) await inTurns(replay(progress, journal));
    return { ...progress, run, damagedSnapshots, snapshotFormat, snapshotBytes: snapshot?.bytes ?? 0 };
  } catch (error) {
    progress.connection.close();
    throw error;
  }
}

interface LoadedSnapshot extends Pick<ReplayedDatabase, 'run' | 'damagedSnapshots'> {
  readonly snapshot: ReadSnapshot | undefined;
}

/** The newest snapshot that is whole, with the journals since: one that is damaged is made up for by those before. */
async function loadSnapshot(source: JournalSource, newest: JournalRun): Promise<LoadedSnapshot> {
  const damagedSnapshots: StoreProblem[] = [];
  let first: SyncError | undefined;
  for (let run: JournalRun | undefined = newest; run !== undefined;) {
    if (run.snapshot === undefined) return { snapshot: undefined, run, damagedSnapshots };
    const { files, place } = source;
    const file = path.join(place.database, snapshotFile(run.snapshot));
    try {
      return {
        snapshot: await readSnapshot({ files, file, site: place.siteGuid }, { journal: run.journals[0], room: ROOM }),
        run,
        damagedSnapshots,
      };
    } catch (error) {
      if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') throw error;
      first ??= error;
      damagedSnapshots.push({ path: file, position: null, reason: String(error.data['reason']) });
      run = runBeforeIfThere(source, run);
    }
  }
  throw first ?? new SyncError('InternalError', { where: 'the site database', reason: 'there is no snapshot' });
}

function runBeforeIfThere(source: JournalSource, run: JournalRun): JournalRun | undefined {
  try {
    return runBefore(source, run);
  } catch (error) {
    if (error instanceof SyncError && error.errorId === 'StoreCorrupt') return undefined;
    throw error;
  }
}

function* replay(progress: Progress, journal: JournalToReplay): Steps<void> {
  progress.connection.migrate(journal.header.format);
  const { reached, reason } = yield* applyAll(progress.connection, journal);
  const end = reason === '' ? endOf(journal, reached.length) : 'damaged';
  if (end === 'torn') progress.torn = journal.file;
  const { generation, sequence } = journal.header;
  progress.previous = { generation, sequence, ...reached };
  progress.bytes += reached.length;
  const text = reason === '' ? problemOf(journal, end, reached.length) : reason;
  if (text !== undefined) progress.problem = { path: journal.file, position: reached.length, reason: text };
}

/** Applies transactions up to the first that cannot be, and says why it cannot. */
function* applyAll(connection: SqlConnection, journal: JournalToReplay): Steps<{ reached: Reached; reason: string }> {
  let reached = beginOf(journal);
  if (differs(journal, reached)) return { reached, reason: otherContent(reached.length) };
  for (const transaction of transactionsOf(journal)) {
    const next = { length: transaction.next, digest: transaction.digest };
    const reason = differs(journal, next) ? otherContent(next.length) : yield* apply(connection, journal, transaction);
    if (reason !== '') return { reached, reason };
    reached = next;
    yield;
  }
  return { reached, reason: '' };
}

/** Applies all of a transaction or nothing; gives what is wrong with it. */
function* apply(connection: SqlConnection, journal: JournalToReplay, transaction: Transaction): Steps<string> {
  connection.control('BEGIN');
  const reason = yield* run(connection, journal, transaction);
  connection.control(reason === '' ? 'COMMIT' : 'ROLLBACK');
  return reason === '' ? '' : `the transaction at byte ${transaction.at} ${reason}`;
}

function* run(connection: SqlConnection, journal: JournalToReplay, transaction: Transaction): Steps<string> {
  const { statements } = journal.header;
  try {
    return (yield* decodeSteps(transaction.payload, statements, (name, values) => connection.run(name, values)))
      ? ''
      : 'contains an unknown statement';
  } catch (error) {
    return `cannot be applied (${reasonOf(error)})`;
  }
}
