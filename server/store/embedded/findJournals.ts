import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import type { StoreFiles } from '../StoreFiles.js';
import { compareNames, journalFile, parseJournalFile, readHeader, type JournalHeader, type JournalName } from './journalFile.js';
import { parseSnapshotFile } from './snapshotFile.js';

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
}

/** Highest generation that any file of the folder names. */
export function highestGeneration(files: StoreFiles, folder: string): number {
  const names = files.readdirSync(folder).map((file) => parseJournalFile(file) ?? parseSnapshotFile(file));
  return Math.max(0, ...names.map((name) => name?.generation ?? 0));
}

/**
 * Follows the journals backwards from the newest by what each says it goes on from; files of an engine that was
 * superseded while it was paused are in no chain and do not count.
 */
export function findJournals(files: StoreFiles, folder: string): DatabaseFiles {
  const entries = files.readdirSync(folder);
  const snapshot = entries.map(parseSnapshotFile).filter((name) => name !== undefined).sort(compareNames).at(-1);
  const newest = entries.map(parseJournalFile).filter((name) => name !== undefined).sort(compareNames).reverse();
  for (const name of newest) {
    const chain = chainFrom(files, folder, { name, snapshot });
    if (chain !== undefined) return { snapshot, journals: chain, generation: highestGeneration(files, folder) };
  }
  if (snapshot !== undefined) throw new SyncError('StoreCorrupt', { path: path.join(folder, journalFile(snapshot)), reason: 'the journal that goes on from the snapshot is missing' });
  return { snapshot, journals: [], generation: highestGeneration(files, folder) };
}

/** The chain that ends with the named journal, or undefined when that file was never finished being created. */
function chainFrom(files: StoreFiles, folder: string, from: { name: JournalName; snapshot: JournalName | undefined }): JournalToReplay[] | undefined {
  const chain: JournalToReplay[] = [];
  let name: JournalName | undefined = from.name;
  let end = Number.POSITIVE_INFINITY;
  while (name !== undefined) {
    const journal = openJournal(files, path.join(folder, journalFile(name)), end);
    if (journal === undefined) return chain.length === 0 ? undefined : missing(folder, name);
    chain.unshift(journal);
    const reached: boolean = from.snapshot !== undefined && compareNames(name, from.snapshot) <= 0;
    if (from.snapshot !== undefined && compareNames(name, from.snapshot) < 0) return undefined;
    const previous: JournalHeader['previous'] = reached ? null : journal.header.previous;
    if (previous === null && !reached && from.snapshot !== undefined) return undefined;
    name = previous ?? undefined;
    end = previous?.length ?? end;
  }
  return chain;
}

function openJournal(files: StoreFiles, file: string, end: number): JournalToReplay | undefined {
  if (!files.existsSync(file)) return undefined;
  const bytes = files.readFileSync(file);
  const opened = readHeader(bytes);
  return opened === undefined ? undefined : { file, header: opened.header, bytes, start: opened.end, end };
}

function missing(folder: string, name: JournalName): never {
  throw new SyncError('StoreCorrupt', { path: path.join(folder, journalFile(name)), reason: 'it is missing or its header is damaged' });
}
