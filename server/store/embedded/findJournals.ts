import path from 'node:path';
import { SyncError } from '../../errors/SyncError.js';
import { systemErrorCode } from '../../platform/systemErrorCode.js';
import type { StoreFiles, StorePlace } from '../StorePlace.js';
import { namesIn, reading } from '../fileCalls.js';
import type { StoreSeal } from '../seal/sealFile.js';
import {
  compareNames,
  digestOfHeader,
  HEADER_BLOCK,
  journalFile,
  parseJournalFile,
  readHeader,
} from './journalFile.js';
import type { JournalHeader, JournalName } from './journalFile.js';
import { FORMAT } from '../sql/schema.js';
import { parseSnapshotFile, snapshotFile } from './snapshotFile.js';

/** How far a journal must reach: bytes, and the digest of them where it is known. */
interface JournalEnd {
  readonly length: number;
  readonly digest?: string | undefined;
}

/** A journal to replay: its bytes, where its records begin, and what is known of where they end. */
export interface JournalToReplay {
  readonly file: string;
  readonly header: JournalHeader;
  readonly bytes: Buffer;
  readonly start: number;
  /** Digest of the header. */
  readonly digest: string;
  /** Where it ends, as the next one has it; undefined for the newest. */
  readonly end: JournalEnd | undefined;
  /** How far it is sealed: it may go on from there. */
  readonly sealed: JournalEnd | undefined;
}

/** A snapshot and the journals that go on from it, oldest first. */
export interface JournalRun {
  readonly snapshot: JournalName | undefined;
  readonly journals: readonly JournalToReplay[];
}

/** What a database folder holds: the newest snapshot, and the chain of journals that goes on from it. */
export interface DatabaseFiles extends JournalRun {
  /** Format of the newest journal, which every file of the chain has at most; that of this version in a new folder. */
  readonly format: number;
  /** Journals that were never finished being created. */
  readonly unfinished: readonly string[];
}

/** Where a database is looked for, and what its seal says. */
export interface JournalSource {
  readonly files: StoreFiles;
  readonly place: StorePlace;
  readonly seal: StoreSeal | undefined;
  /** The journal that this engine has claimed, which holds nothing yet. */
  readonly own?: JournalName | undefined;
}

/**
 * Follows the journals backwards from the newest by what each says it goes on from, until a snapshot stands for the
 * rest. Files of an engine that was superseded while it was paused are on no chain and do not count.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export function findJournals(source: JournalSource): DatabaseFiles {
  const { files, place } = source;
  const entries = namesIn(files, place.database);
  const snapshots = new Set(entries.filter((file) => parseSnapshotFile(file) !== undefined));
  const unfinished: string[] = [];
  for (const name of newestFirst(entries, parseJournalFile)) {
    if (source.own !== undefined && compareNames(name, source.own) === 0) continue;
    const journal = openJournal(source, name);
    if (journal === undefined) unfinished.push(journalFile(name));
    else return { ...runFrom(source, { journal, snapshots }), unfinished, format: journal.header.format };
  }
  if (snapshots.size > 0)
    throw new SyncError('StoreCorrupt', {
      path: place.database,
      reason: 'the journal that continues the snapshot is missing',
    });
  return { snapshot: undefined, journals: [], unfinished, format: FORMAT };
}

/** The names in a folder, the newest first. */
export function newestFirst(
  entries: readonly string[],
  parse: (file: string) => JournalName | undefined,
): JournalName[] {
  return entries
    .map(parse)
    .filter((name) => name !== undefined)
    .sort(compareNames)
    .reverse();
}

/** The chain that ends with the given journal, back to the newest of the snapshots on it or to the first journal. */
export function runFrom(
  source: JournalSource,
  from: { journal: JournalToReplay; snapshots: ReadonlySet<string> },
): JournalRun {
  const journals = [from.journal];
  for (;;) {
    const first = journals[0] ?? from.journal;
    if (from.snapshots.has(snapshotFile(first.header))) return { snapshot: first.header, journals };
    const { previous } = first.header;
    if (previous === null) return { snapshot: undefined, journals };
    const journal = openJournal(source, previous, previous);
    if (journal === undefined)
      throw new SyncError('StoreCorrupt', {
        path: path.join(source.place.database, journalFile(previous)),
        reason: 'it is missing',
      });
    journals.unshift(journal);
  }
}

/** The chain back to the snapshot before; undefined where there is nothing before. @throws SyncError StoreCorrupt */
export function runBefore(source: JournalSource, run: JournalRun): JournalRun | undefined {
  const [journal, ...later] = run.journals;
  if (journal === undefined || journal.header.previous === null) return undefined;
  const before = runFrom(source, { journal, snapshots: snapshotsBefore(source, run) });
  return { snapshot: before.snapshot, journals: [...before.journals, ...later] };
}

function snapshotsBefore({ files, place }: JournalSource, { snapshot }: JournalRun): ReadonlySet<string> {
  const earlier = newestFirst(namesIn(files, place.database), parseSnapshotFile);
  return new Set(
    earlier.filter((name) => snapshot !== undefined && compareNames(name, snapshot) < 0).map(snapshotFile),
  );
}

/**
 * Undefined for a file that is not there or was never finished being created: nothing was acknowledged in it, unless
 * the seal says so.
 * @throws SyncError StoreCorrupt, StoreNewerFormat, StoreReadFailed
 */
export function openJournal(source: JournalSource, name: JournalName, end?: JournalEnd): JournalToReplay | undefined {
  const { files, place, seal } = source;
  const file = path.join(place.database, journalFile(name));
  const bytes = readIfThere(files, file);
  const opened = bytes === undefined ? 'unfinished' : readHeader(bytes);
  // In a sealed site a journal without a transaction may have lost its header: it counts only where the seal names it.
  if (bytes === undefined || opened === 'unfinished' || (opened === 'damaged' && isEmpty(bytes, seal)))
    return undefined;
  if (opened === 'damaged') throw new SyncError('StoreCorrupt', { path: file, reason: 'its header is damaged' });
  refuseOther(opened.header, { file, name, place });
  const sealed = seal?.position ?? undefined;
  return {
    file,
    header: opened.header,
    bytes,
    start: opened.end,
    digest: digestOfHeader(bytes.subarray(0, opened.end)),
    end,
    sealed: sealed !== undefined && compareNames(sealed, name) === 0 ? sealed : undefined,
  };
}

function isEmpty(bytes: Buffer, seal: StoreSeal | undefined): boolean {
  return seal !== undefined && bytes.length <= HEADER_BLOCK;
}

function readIfThere(files: StoreFiles, file: string): Buffer | undefined {
  return reading(file, () => {
    try {
      return files.readFileSync(file);
    } catch (error) {
      if (systemErrorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  });
}

function refuseOther(
  header: JournalHeader,
  { file, name, place }: { file: string; name: JournalName; place: StorePlace },
): void {
  if (header.format > FORMAT)
    throw new SyncError('StoreNewerFormat', { path: file, found: header.format, known: FORMAT });
  const reason =
    header.site !== undefined && header.site !== place.siteGuid
      ? `it belongs to another site (${header.site})`
      : compareNames(header, name) === 0
        ? undefined
        : `it is ${journalFile(header)} under another name`;
  if (reason !== undefined) throw new SyncError('StoreCorrupt', { path: file, reason });
}
