import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import zlib from 'node:zlib';
import { SyncError } from '../../errors/SyncError.js';
import { readAll, reading } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { DatabaseInspection, StoreProblem } from '../StoreInspection.js';
import { findJournals, type DatabaseFiles, type JournalToReplay } from './findJournals.js';
import { compareNames, journalFile, type JournalName } from './journalFile.js';
import { endOf, transactionsOf } from './readTransactions.js';
import { readSnapshotHeader, SNAPSHOT_HEADER, snapshotFile } from './snapshotFile.js';
import { FORMAT } from './schema.js';
import { decodeSteps } from './StepEncoder.js';
import { loadSqlJs, SqlConnection } from './SqlConnection.js';

/** Bytes that are read between two turns of the event loop. */
const SLICE = 2 * 1024 * 1024;

/** An open database and where its files are. */
export interface InspectedDatabase {
  readonly connection: SqlConnection;
  readonly files: StoreFiles;
  readonly folder: string;
  /** The journal that is being written, and its acknowledged length; absent where no engine runs. */
  readonly current?: () => JournalName & { readonly length: number };
}

/**
 * Reads the files of a database again: the check sum of the snapshot, the chain of journals, and every transaction down
 * to
 * its statements, and compares the tables with those of this version; `quick` reads headers and sizes only. Others are
 * served meanwhile.
 */
export async function inspectDatabase(database: InspectedDatabase, quick: boolean): Promise<DatabaseInspection> {
  const { connection, files, folder } = database;
  const problems: StoreProblem[] = [];
  if (connection.schema() !== (await expectedSchema()))
    problems.push({ path: folder, position: null, reason: 'its tables are not those of this version' });
  const found = collect(problems, () => asWritten(database, findJournals(files, folder)));
  if (found === undefined) return { files: 0, transactions: 0, problems };
  await inspectSnapshot(files, { folder, found, quick }, problems);
  let transactions = 0;
  if (!quick) for (const journal of found.journals) transactions += await inspectJournal(journal, problems);
  return { files: found.journals.length + (found.snapshot === undefined ? 0 : 1), transactions, problems };
}

/** The engine knows where its own journal must end. */
function asWritten({ folder, current }: InspectedDatabase, found: DatabaseFiles): DatabaseFiles {
  if (current === undefined) return found;
  const own = current();
  const last = found.journals.at(-1);
  if (last === undefined || compareNames(last.header, own) !== 0)
    throw new SyncError('StoreCorrupt', { path: path.join(folder, journalFile(own)), reason: 'it is missing' });
  return { ...found, journals: [...found.journals.slice(0, -1), { ...last, end: own.length }] };
}

async function expectedSchema(): Promise<string> {
  const fresh = new SqlConnection(await loadSqlJs());
  fresh.migrate(FORMAT);
  const schema = fresh.schema();
  fresh.close();
  return schema;
}

/** The result, or a problem more. Only what names a file is one. */
function collect<Result>(problems: StoreProblem[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SyncError) || error.data['path'] === undefined) throw error;
    const { path: file, reason } = error.data;
    problems.push({ path: String(file), position: null, reason: String(reason ?? error.message) });
    return undefined;
  }
}

async function inspectSnapshot(
  files: StoreFiles,
  what: { folder: string; found: DatabaseFiles; quick: boolean },
  problems: StoreProblem[],
): Promise<void> {
  if (what.found.snapshot === undefined) return;
  const file = path.join(what.folder, snapshotFile(what.found.snapshot));
  const descriptor = collect(problems, () => reading(file, () => files.openSync(file, 'r')));
  if (descriptor === undefined) return;
  try {
    const header = collect(problems, () => reading(file, () => readSnapshotHeader(files, file, descriptor)));
    if (header === undefined || what.quick) return;
    const crc = await checkSumOf(files, { file, descriptor, length: header.length });
    if (crc !== header.crc) problems.push({ path: file, position: null, reason: 'its check sum is wrong' });
  } finally {
    files.closeSync(descriptor);
  }
}

async function checkSumOf(
  files: StoreFiles,
  what: { file: string; descriptor: number; length: number },
): Promise<number> {
  const slice = Buffer.allocUnsafe(SLICE);
  let crc = 0;
  for (let done = 0; done < what.length; done += SLICE) {
    const position = SNAPSHOT_HEADER + done;
    const bytes = slice.subarray(
      0,
      reading(what.file, () => readAll(files, what.descriptor, { bytes: slice, position })),
    );
    crc = zlib.crc32(bytes, crc);
    await turn();
  }
  return crc;
}

/** Gives the number of whole transactions. */
async function inspectJournal(journal: JournalToReplay, problems: StoreProblem[]): Promise<number> {
  let at = journal.start;
  let transactions = 0;
  let read = 0;
  for (const transaction of transactionsOf(journal)) {
    if (!isKnown(journal, transaction.payload)) break;
    at = transaction.next;
    transactions += 1;
    read += transaction.payload.length;
    if (read >= SLICE) {
      read = 0;
      await turn();
    }
  }
  if (endOf(journal, at) === 'damaged')
    problems.push({ path: journal.file, position: at, reason: `the transaction at byte ${at} is damaged` });
  return transactions;
}

function isKnown(journal: JournalToReplay, payload: Buffer): boolean {
  try {
    return decodeSteps(payload, journal.header.statements, () => undefined);
  } catch (error) {
    if (error instanceof RangeError) return false; // a value that would end behind the payload
    throw error;
  }
}
