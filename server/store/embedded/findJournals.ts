import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { reading } from '../fileCalls.js';
import type { StoreFiles } from '../StoreFiles.js';
import {
  compareNames,
  journalFile,
  parseJournalFile,
  readHeader,
  type JournalHeader,
  type JournalName,
} from './journalFile.js';
import { FORMAT } from './schema.js';
import { parseSnapshotFile, snapshotFile } from './snapshotFile.js';

/** A journal to replay: its bytes, where its records begin, and where they end for sure (Infinity for the newest). */
export interface JournalToReplay {
  readonly file: string;
  readonly header: JournalHeader;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** What a database folder holds: the newest snapshot, and the chain of journals that goes on from it, oldest first. */
export interface DatabaseFiles {
  readonly snapshot: JournalName | undefined;
  readonly journals: readonly JournalToReplay[];
  /** Highest generation any file names; 0 in a new folder. */
  readonly generation: number;
  /** Format of the newest journal, which every file of the chain has at most; that of this version in a new folder. */
  readonly format: number;
}

/** Highest generation that any file of the folder names. */
export function highestGeneration(files: StoreFiles, folder: string): number {
  const names = files.readdirSync(folder).map((file) => parseJournalFile(file) ?? parseSnapshotFile(file));
  return Math.max(0, ...names.map((name) => name?.generation ?? 0));
}

/**
 * Follows the journals backwards from the newest by what each says it goes on from, until a snapshot stands for the
 * rest.
 * Files of an engine that was superseded while it was paused are on no chain and do not count.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export function findJournals(files: StoreFiles, folder: string): DatabaseFiles {
  const entries = reading(folder, () => files.readdirSync(folder));
  const snapshots = new Set(entries.filter((file) => parseSnapshotFile(file) !== undefined));
  const newest = entries
    .map(parseJournalFile)
    .filter((name) => name !== undefined)
    .sort(compareNames)
    .reverse();
  const generation = highestGeneration(files, folder);
  for (const name of newest) {
    const journal = openJournal(files, path.join(folder, journalFile(name)), Number.POSITIVE_INFINITY);
    if (journal !== undefined)
      return { ...chainFrom(files, folder, { journal, snapshots }), generation, format: journal.header.format };
  }
  if (snapshots.size > 0)
    throw new SyncError('StoreCorrupt', {
      path: folder,
      reason: 'the journal that goes on from the snapshot is missing',
    });
  return { snapshot: undefined, journals: [], generation, format: FORMAT };
}

/** The chain that ends with the given journal, back to the newest snapshot on it or to the first journal of all. */
export function chainFrom(
  files: StoreFiles,
  folder: string,
  from: { journal: JournalToReplay; snapshots: ReadonlySet<string> },
): Pick<DatabaseFiles, 'snapshot' | 'journals'> {
  const journals = [from.journal];
  for (;;) {
    const first = journals[0] ?? from.journal;
    if (from.snapshots.has(snapshotFile(first.header))) return { snapshot: first.header, journals };
    const { previous } = first.header;
    if (previous === null) return { snapshot: undefined, journals };
    const file = path.join(folder, journalFile(previous));
    const journal = files.existsSync(file) ? openJournal(files, file, previous.length) : undefined;
    if (journal === undefined) throw new SyncError('StoreCorrupt', { path: file, reason: 'it is missing' });
    journals.unshift(journal);
  }
}

/** Undefined for a file that was never finished being created: nothing was acknowledged in it. */
export function openJournal(files: StoreFiles, file: string, end: number): JournalToReplay | undefined {
  const bytes = reading(file, () => files.readFileSync(file));
  const opened = readHeader(bytes);
  if (opened === 'damaged') throw new SyncError('StoreCorrupt', { path: file, reason: 'its header is damaged' });
  if (opened !== 'unfinished' && opened.header.format > FORMAT)
    throw new SyncError('StoreNewerFormat', { path: file, found: opened.header.format, known: FORMAT });
  return opened === 'unfinished' ? undefined : { file, header: opened.header, bytes, start: opened.end, end };
}
