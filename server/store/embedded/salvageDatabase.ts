import path from 'node:path';
import type { SqlJsStatic } from 'sql.js';
import { SyncError } from '../../errors/SyncError.js';
import type { StoreFiles } from '../StoreFiles.js';
import type { StoreProblem } from '../StoreInspection.js';
import { backUpDatabase } from './backUpDatabase.js';
import { chainFrom, openJournal, type DatabaseFiles } from './findJournals.js';
import { Journal } from './Journal.js';
import { compareNames, journalFile, parseJournalFile, type JournalName } from './journalFile.js';
import { replayToDamage, type PartlyReplayed } from './replayDatabase.js';
import { FORMAT } from './schema.js';
import { SERVED_BY } from '../settingNames.js';
import { parseSnapshotFile, snapshotFile, writeSnapshot } from './snapshotFile.js';

/** What of a damaged database can still be read. */
export interface Salvaged extends PartlyReplayed {
  readonly problem: StoreProblem;
  /** What cannot be read any more, as the end of a sentence. */
  readonly lost: string;
}

/** Where the database lies, and whose generation mends it. */
export interface SalvagePlace {
  readonly sql: SqlJsStatic;
  readonly files: StoreFiles;
  readonly folder: string;
}

/**
 * Reads a damaged database as far as it goes: the newest journal whose chain is there, up to the first damaged
 * transaction;
 * where no journal is left, the newest snapshot. Nothing is written.
 * @throws SyncError StoreCorrupt when there is nothing to go on from, StoreNewerFormat, StoreReadFailed
 */
export function salvageDatabase(place: SalvagePlace): Salvaged {
  const { files, folder } = place;
  const entries = files.readdirSync(folder);
  const problems: StoreProblem[] = [];
  for (const candidate of candidatesOf(place, entries)) {
    const found = reach(problems, candidate);
    if (found === undefined) continue;
    const replayed = reach(problems, () => replayToDamage(place.sql, files, { folder, found }));
    if (replayed === undefined) continue;
    const previous = replayed.previous ?? endOfSnapshot(found);
    const problem =
      problems[0] ??
      replayed.problem ??
      (found.journals.length === 0
        ? { path: folder, position: null, reason: 'the journal that goes on from the snapshot is missing' }
        : undefined);
    if (problem !== undefined)
      return { ...replayed, previous, problem, lost: lostAfter(place, entries, { ...replayed, previous }) };
    replayed.connection.close();
    throw new SyncError('InternalError', { where: 'repair', reason: 'the site database is not damaged' });
  }
  const [problem] = problems;
  throw new SyncError('StoreCorrupt', {
    path: problem?.path ?? folder,
    reason: problem?.reason ?? 'there is neither a snapshot nor a journal',
  });
}

type Found = Pick<DatabaseFiles, 'snapshot' | 'journals'>;

/** From the newest journal to the oldest, then from the newest snapshot to the oldest. */
function candidatesOf({ files, folder }: SalvagePlace, entries: readonly string[]): (() => Found | undefined)[] {
  const snapshots = newestFirst(entries, parseSnapshotFile);
  const known = new Set(snapshots.map(snapshotFile));
  const journals = newestFirst(entries, parseJournalFile).map((name) => (): Found | undefined => {
    const journal = openJournal(files, path.join(folder, journalFile(name)), Number.POSITIVE_INFINITY);
    return journal === undefined ? undefined : chainFrom(files, folder, { journal, snapshots: known });
  });
  return [...journals, ...snapshots.map((snapshot) => (): Found => ({ snapshot, journals: [] }))];
}

function newestFirst(entries: readonly string[], parse: (file: string) => JournalName | undefined): JournalName[] {
  return entries
    .map(parse)
    .filter((name) => name !== undefined)
    .sort(compareNames)
    .reverse();
}

/** The result, or undefined with a problem more where a file is damaged. */
function reach<Result>(problems: StoreProblem[], work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') throw error;
    problems.push({ path: String(error.data['path']), position: null, reason: String(error.data['reason']) });
    return undefined;
  }
}

/** A snapshot stands for all before the journal of its name. */
function endOfSnapshot(found: Found): PartlyReplayed['previous'] {
  return found.snapshot === undefined ? null : { ...found.snapshot, length: 0 };
}

function lostAfter(
  { files, folder }: SalvagePlace,
  entries: readonly string[],
  { previous }: Pick<PartlyReplayed, 'previous'>,
): string {
  if (previous === null) return 'everything';
  const file = journalFile(previous);
  const size = entries.includes(file) ? files.readFileSync(path.join(folder, file)).length : 0;
  const parts =
    size > previous.length ? [`what follows byte ${previous.length} of ${file} (${size - previous.length} bytes)`] : [];
  const newer = newestFirst(entries, parseJournalFile)
    .reverse()
    .filter((name) => compareNames(name, previous) > 0)
    .map(journalFile);
  return (
    [...parts, ...newer.map((name) => `all of ${name}`)].join(', ') ||
    'what was committed after the last file that is there'
  );
}

/**
 * Copies the files as they are into a folder of their own, then lets a snapshot of what was salvaged and a new journal
 * stand for the site. Killed before its end it has changed nothing. Gives the folder of the copy.
 */
export async function mendDatabase(place: SalvagePlace, salvaged: Salvaged, generation: number): Promise<string> {
  const { files, folder } = place;
  const backup = await backUpDatabase(files, folder, `backup-repair${generation}`);
  salvaged.connection.migrate(FORMAT);
  // What was lost may have been served already: to downstream servers this is another database from now on.
  salvaged.connection.run('putSetting', [SERVED_BY, 'null']);
  const name = { generation, sequence: 0 };
  // The journal comes last: until it is there, the snapshot is on no chain.
  await writeSnapshot(files, folder, { name, database: salvaged.connection.image() });
  Journal.create(files, folder, { name, previous: salvaged.previous }).close({ seal: true });
  return backup;
}
