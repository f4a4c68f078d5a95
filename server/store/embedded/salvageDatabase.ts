import path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { SyncError } from '../../errors/SyncError.js';
import type { StoreProblem } from '../StoreInspection.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { namesIn, reading } from '../fileCalls.js';
import { readSeal } from '../seal/sealFile.js';
import type { FoundSeal } from '../seal/sealFile.js';
import type { SqlConnection } from './SqlConnection.js';
import { problemAgainstSeal, refuseOtherSite } from './confirmSeal.js';
import { newestFirst, openJournal, runFrom } from './findJournals.js';
import type { JournalRun, JournalSource } from './findJournals.js';
import { compareNames, journalFile, parseJournalFile } from './journalFile.js';
import type { JournalHeader } from './journalFile.js';
import { missingDocuments, replayToDamage } from './replayDatabase.js';
import type { PartlyReplayed } from './replayDatabase.js';
import { parseSnapshotFile, snapshotFile } from './snapshotFile.js';

/** What of a damaged database can still be read. */
export interface Salvaged {
  readonly connection: SqlConnection;
  readonly problem: StoreProblem;
  /** What the mended database goes on from. */
  readonly previous: JournalHeader['previous'];
  /** What cannot be read any more, as the end of a sentence. */
  readonly lost: string;
}

/** Where the database lies. */
export interface SalvagePlace {
  readonly sql: SqlJsStatic;
  readonly files: StoreFiles;
  readonly place: StorePlace;
}

/**
 * Reads a damaged database as far as it goes: the newest journal whose chain is there, up to the first damaged
 * transaction; where no journal is left, the newest snapshot. Nothing is written.
 * @throws SyncError StoreCorrupt when there is nothing to go on from, StoreNewerFormat, StoreReadFailed
 */
export async function salvageDatabase({ sql, files, place }: SalvagePlace): Promise<Salvaged> {
  const found = readSeal(files, place);
  refuseOtherSite(place, found);
  const source = { files, place, seal: found.seal };
  const problems: StoreProblem[] = [];
  for (const candidate of candidatesOf(source)) {
    const run = await reach(problems, candidate);
    const replayed = run && (await reach(problems, async () => replayToDamage(sql, source, run)));
    if (replayed === undefined) continue;
    const problem = problems[0] ?? replayed.problem ?? problemOfRun(source, found, replayed.run);
    if (problem !== undefined) return salvagedFrom(source, replayed, problem);
    replayed.connection.close();
    throw new SyncError('InternalError', { where: 'repair', reason: 'the site database is not damaged' });
  }
  const [problem] = problems;
  throw new SyncError('StoreCorrupt', {
    path: problem?.path ?? place.database,
    reason: problem?.reason ?? 'there is no snapshot and no journal',
  });
}

/** From the newest journal to the oldest, then from the newest snapshot to the oldest. */
function candidatesOf(source: JournalSource): (() => JournalRun | undefined)[] {
  const entries = namesIn(source.files, source.place.database);
  const snapshots = newestFirst(entries, parseSnapshotFile);
  const known = new Set(snapshots.map(snapshotFile));
  const journals = newestFirst(entries, parseJournalFile).map((name) => (): JournalRun | undefined => {
    const journal = openJournal(source, name);
    return journal === undefined ? undefined : runFrom(source, { journal, snapshots: known });
  });
  return [...journals, ...snapshots.map((snapshot) => (): JournalRun => ({ snapshot, journals: [] }))];
}

/** The result, or undefined with a problem more where a file is damaged. */
async function reach<Result>(
  problems: StoreProblem[],
  work: () => Result | Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') throw error;
    problems.push({ path: String(error.data['path']), position: null, reason: String(error.data['reason']) });
    return undefined;
  }
}

function problemOfRun({ place }: JournalSource, found: FoundSeal, run: JournalRun): StoreProblem | undefined {
  const problem = problemAgainstSeal({ place, found, run, hasDocuments: true });
  if (problem !== undefined || run.journals.length > 0) return problem;
  return { path: place.database, position: null, reason: 'the journal that continues the snapshot is missing' };
}

function salvagedFrom(source: JournalSource, replayed: PartlyReplayed, problem: StoreProblem): Salvaged {
  const { connection, run } = replayed;
  // A snapshot stands for all before the journal of its name.
  const end = run.snapshot === undefined ? null : { ...run.snapshot, length: 0 };
  const previous = replayed.previous ?? end;
  const lost = `${lostAfter(source, previous)}${missingDocuments(source, connection)}`;
  return { connection, problem, previous, lost };
}

function lostAfter({ files, place, seal }: JournalSource, previous: JournalHeader['previous']): string {
  if (previous === null) return 'everything';
  const file = journalFile(previous);
  const entries = namesIn(files, place.database);
  const size = entries.includes(file) ? sizeOf(files, path.join(place.database, file)) : 0;
  const parts =
    size > previous.length ? [`what follows byte ${previous.length} of ${file} (${size - previous.length} bytes)`] : [];
  const newer = newestFirst(entries, parseJournalFile)
    .reverse()
    .filter((name) => compareNames(name, previous) > 0)
    .map((name) => `all of ${journalFile(name)}`);
  return [...parts, ...newer].join(', ') || lostBehindTheEnd(seal, previous);
}

function sizeOf(files: StoreFiles, file: string): number {
  return reading(file, () => files.readFileSync(file)).length;
}

/** The files that are there are whole: only the seal tells what is missing behind them. */
function lostBehindTheEnd(seal: JournalSource['seal'], previous: NonNullable<JournalHeader['previous']>): string {
  const position = seal?.position;
  if (position === null || position === undefined)
    return 'nothing that is known; without the seal it is unknown whether the end is missing';
  const from = compareNames(position, previous) === 0 ? `what follows byte ${previous.length}` : 'all';
  return `${from} of ${journalFile(position)}, of which ${position.length} bytes were confirmed`;
}
