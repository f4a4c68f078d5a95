import path from 'node:path';
import zlib from 'node:zlib';
import { SyncError } from '../../errors/SyncError.js';
import { inTurns, nextTurn, turn } from '../../platform/inTurns.js';
import type { DatabaseInspection, StoreProblem } from '../StoreInspection.js';
import { sealFolders } from '../StorePlace.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { readAll, reading } from '../fileCalls.js';
import { readSeal, sealFilesOf } from '../seal/sealFile.js';
import type { JournalPosition } from '../seal/sealFile.js';
import { loadSqlJs, SqlConnection } from './SqlConnection.js';
import { decodeSteps } from './StepEncoder.js';
import { findJournals, runBefore } from './findJournals.js';
import type { JournalRun, JournalSource, JournalToReplay } from './findJournals.js';
import { compareNames, journalFile } from './journalFile.js';
import { beginOf, differs, endOf, otherContent, problemOf, transactionsOf } from './readTransactions.js';
import { FORMAT } from '../sql/schema.js';
import { readSnapshotHeader, snapshotFile } from './snapshotFile.js';
import type { SnapshotHeader } from './snapshotFile.js';

/** Bytes that are read between two turns of the event loop. */
const SLICE = 2 * 1024 * 1024;

/** An open database and where its files are. */
export interface InspectedDatabase {
  readonly connection: SqlConnection;
  readonly files: StoreFiles;
  readonly place: StorePlace;
  /** How far the journal that is being written is acknowledged; absent where no engine runs. */
  readonly current?: () => JournalPosition;
}

/** What was found so far. */
interface Inspection {
  files: number;
  transactions: number;
  readonly problems: StoreProblem[];
}

/**
 * Reads the files of a database again: the copies of the seal, the check sums of the snapshots, the chain of journals,
 * and every transaction down to its statements, and compares the tables with those of this version; `quick` reads
 * headers and sizes only. Others are served meanwhile.
 */
export async function inspectDatabase(database: InspectedDatabase, quick: boolean): Promise<DatabaseInspection> {
  const { connection, files, place } = database;
  const inspection: Inspection = { files: 0, transactions: 0, problems: inspectSeal(files, place) };
  if (connection.schema() !== (await expectedSchema()))
    inspection.problems.push({
      path: place.database,
      position: null,
      reason: 'its tables do not match this version',
    });
  const source: JournalSource = { files, place, seal: undefined };
  const newest = collect(inspection.problems, () => asWritten(database, findJournals(source)));
  if (newest === undefined) return inspection;
  await inspectRun(source, { run: newest, quick }, inspection);
  const spare = spareRun(source, newest, inspection.problems);
  if (spare !== undefined) await inspectRun(source, { run: spare, quick }, inspection);
  return inspection;
}

function inspectSeal(files: StoreFiles, place: StorePlace): StoreProblem[] {
  const { seal, damaged } = readSeal(files, place);
  const problems = damaged.map(({ path: file, reason }) => ({ path: file, position: null, reason }));
  const copies = sealFilesOf(files, place).length - damaged.length;
  if (seal === undefined || copies < sealFolders(place).length)
    problems.push({ path: place.site, position: null, reason: 'a copy of the seal is missing' });
  return problems;
}

/** The engine knows where its own journal must end. */
function asWritten({ place, current }: InspectedDatabase, found: JournalRun): JournalRun {
  if (current === undefined) return found;
  const own = current();
  const last = found.journals.at(-1);
  if (last === undefined || compareNames(last.header, own) !== 0)
    throw new SyncError('StoreCorrupt', { path: path.join(place.database, journalFile(own)), reason: 'it is missing' });
  return { ...found, journals: [...found.journals.slice(0, -1), { ...last, end: own }] };
}

/** The snapshot before the last and the journals up to the last; undefined where it was not kept. */
function spareRun(source: JournalSource, run: JournalRun, problems: StoreProblem[]): JournalRun | undefined {
  if (run.snapshot === undefined) return undefined;
  const found: StoreProblem[] = [];
  const before = collect(found, () => runBefore(source, run));
  problems.push(...found.filter((problem) => source.files.existsSync(problem.path)));
  return before === undefined ? undefined : { ...before, journals: before.journals.slice(0, -run.journals.length) };
}

async function inspectRun(
  { files, place }: JournalSource,
  { run, quick }: { run: JournalRun; quick: boolean },
  inspection: Inspection,
): Promise<void> {
  inspection.files += run.journals.length + (run.snapshot === undefined ? 0 : 1);
  await inspectSnapshot({ files, place }, { run, quick }, inspection.problems);
  if (!quick)
    for (const journal of run.journals) inspection.transactions += await inspectJournal(journal, inspection.problems);
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
  { files, place }: Pick<JournalSource, 'files' | 'place'>,
  { run, quick }: { run: JournalRun; quick: boolean },
  problems: StoreProblem[],
): Promise<void> {
  if (run.snapshot === undefined) return;
  const file = path.join(place.database, snapshotFile(run.snapshot));
  const descriptor = collect(problems, () => reading(file, () => files.openSync(file, 'r')));
  if (descriptor === undefined) return;
  try {
    const header = collect(problems, () =>
      reading(file, () => readSnapshotHeader({ files, file, site: place.siteGuid }, descriptor, run.journals[0])),
    );
    if (header === undefined || quick) return;
    const crc = await checkSumOf(files, { file, descriptor, header });
    if (crc !== header.crc) problems.push({ path: file, position: null, reason: 'its checksum is wrong' });
  } finally {
    files.closeSync(descriptor);
  }
}

async function checkSumOf(
  files: StoreFiles,
  { file, descriptor, header }: { file: string; descriptor: number; header: SnapshotHeader },
): Promise<number> {
  const slice = Buffer.allocUnsafe(SLICE);
  let crc = 0;
  for (let done = 0; done < header.length; done += SLICE) {
    const position = header.start + done;
    const bytes = slice.subarray(
      0,
      reading(file, () => readAll(files, descriptor, { bytes: slice, position })),
    );
    crc = zlib.crc32(bytes, crc);
    await nextTurn();
  }
  return crc;
}

/** Gives the number of whole transactions. */
async function inspectJournal(journal: JournalToReplay, problems: StoreProblem[]): Promise<number> {
  let reached = beginOf(journal);
  let transactions = 0;
  let isOther = differs(journal, reached);
  for (const transaction of isOther ? [] : transactionsOf(journal)) {
    if (!(await isKnown(journal, transaction.payload))) break;
    reached = { length: transaction.next, digest: transaction.digest };
    isOther = differs(journal, reached);
    if (isOther) break;
    transactions += 1;
    await turn();
  }
  const at = reached.length;
  const reason = isOther ? otherContent(at) : problemOf(journal, endOf(journal, at), at);
  if (reason !== undefined) problems.push({ path: journal.file, position: at, reason });
  return transactions;
}

async function isKnown(journal: JournalToReplay, payload: Buffer): Promise<boolean> {
  try {
    return await inTurns(decodeSteps(payload, journal.header.statements, () => undefined));
  } catch (error) {
    if (error instanceof RangeError) return false; // a value that would end behind the payload
    throw error;
  }
}
