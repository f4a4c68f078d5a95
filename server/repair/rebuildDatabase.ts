import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { readUpdateInSteps } from '../metadata/readUpdateDocument.js';
import { inTurns, nextTurn } from '../platform/inTurns.js';
import { defaultSettings } from '../state/ComponentSettings.js';
import { settingsChange } from '../state/settingsStore.js';
import { Identities } from '../store/sql/Identities.js';
import { applyChanges } from '../store/sql/applyChanges.js';
import type { Run } from '../store/sql/statements.js';
import type { SalvagePlace } from '../store/embedded/salvageDatabase.js';
import type { Sql } from '../store/sql/Sql.js';
import { namesIn } from '../store/fileCalls.js';
import { revisionRowOf } from '../store/revisionRowOf.js';
import type { RevisionRow } from '../store/rows.js';
import type { Scanned } from '../store/scanBlocks.js';
import { scanSegment } from '../store/scanSegment.js';
import { parseSegmentFile } from '../store/segmentFile.js';

/** Documents that are read between two turns of the event loop. */
const SLICE = 20;
/** Rows of one transaction in memory. */
const ROWS = 1000;

/** A store whose documents are read. */
type DocumentPlace = Pick<SalvagePlace, 'files' | 'place'>;

/** What the documents of a store hold of its index. */
export interface ReadDocuments {
  readonly rows: readonly RevisionRow[];
  /** What is lost, as the end of a sentence. */
  readonly lost: string;
}

/** An empty database of this format, of whatever engine. */
interface EmptyIndex {
  readonly sql: Sql;
  readonly run: Run;
  /** Begins and ends the one transaction. */
  readonly control: (word: 'BEGIN' | 'COMMIT') => void;
}

/** What was read of the segments. */
interface Found {
  readonly rows: Map<string, RevisionRow>;
  unreadableBytes: number;
  strangeDocuments: number;
  readonly unreadableFiles: string[];
}

/**
 * Reads what the documents hold, which is everything that the index says of updates and categories. Nothing is written.
 * @throws SyncError StoreReadFailed, StoreCorrupt where there is no document
 */
export async function readDocuments(place: DocumentPlace, now: number): Promise<ReadDocuments> {
  const found: Found = { rows: new Map(), unreadableBytes: 0, strangeDocuments: 0, unreadableFiles: [] };
  for (const name of segmentsOf(place)) await readSegment(place, name, { found, now });
  if (found.rows.size === 0)
    throw new SyncError('StoreCorrupt', { path: place.place.documents, reason: 'it holds no whole document' });
  return { rows: [...found.rows.values()], lost: lostOf(found) };
}

/** That nothing but the documents can be read. */
export function rebuildNeeded(
  place: DocumentPlace,
  { path: file, reason }: { readonly path: string; readonly reason: string },
): SyncError {
  const files = segmentsOf(place).length;
  return files === 0
    ? new SyncError('StoreCorrupt', { path: file, reason })
    : new SyncError('StoreRebuildNeeded', { path: file, reason, files });
}

/** The names of the segments, the oldest first: of a document that was moved the later copy counts. */
export function segmentsOf({ files, place }: DocumentPlace): string[] {
  const number = (name: string): number => parseSegmentFile(name) ?? 0;
  return namesIn(files, place.documents)
    .filter((name) => parseSegmentFile(name) !== undefined)
    .sort((a, b) => number(a) - number(b));
}

async function readSegment(
  { files, place }: DocumentPlace,
  name: string,
  { found, now }: { found: Found; now: number },
): Promise<void> {
  const file = path.join(place.documents, name);
  let read = 0;
  try {
    for await (const scanned of scanSegment(files, {
      file,
      number: parseSegmentFile(name) ?? 0,
      site: place.siteGuid,
    })) {
      await take(found, scanned, now);
      read += 1;
      if (read % SLICE === 0) await nextTurn();
    }
  } catch (error) {
    if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') throw error;
    found.unreadableFiles.push(name);
  }
}

async function take(found: Found, scanned: Scanned, now: number): Promise<void> {
  if ('unreadable' in scanned) {
    found.unreadableBytes += scanned.unreadable;
    return;
  }
  try {
    const { document, location } = scanned;
    const what = `the document at ${location.position}`;
    const read = readUpdateInSteps(document, what, { wantsLanguage: (language) => language === 'en' });
    const row = await inTurns(revisionRowOf(await inTurns(read), location, now));
    found.rows.set(identityKey(row), row);
  } catch (error) {
    if (!(error instanceof SyncError)) throw error;
    found.strangeDocuments += 1;
  }
}

/**
 * Makes the index again. Settings, history and what an administrator said of single updates are in no document; the
 * source is none until somebody sets it, so that nothing is asked for that was not wanted.
 */
export async function fillIndex(index: EmptyIndex, rows: readonly RevisionRow[], serverName: string): Promise<void> {
  const context = { sql: index.sql, identities: new Identities(index.sql), run: index.run };
  const settings = settingsChange({
    ...defaultSettings(serverName),
    synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource',
  });
  index.control('BEGIN');
  await inTurns(applyChanges({ settings }, context));
  for (let at = 0; at < rows.length; at += ROWS)
    await inTurns(applyChanges({ revisions: rows.slice(at, at + ROWS) }, context));
  index.control('COMMIT');
}

function lostOf({ unreadableBytes, strangeDocuments, unreadableFiles }: Found): string {
  const parts = [
    'the settings, runs, messages, alerts, joined sites and changes to single updates',
    ...(unreadableFiles.length > 0 ? [`the documents of ${unreadableFiles.join(', ')}, whose header is damaged`] : []),
    ...(unreadableBytes > 0 ? [`${unreadableBytes} bytes of documents that cannot be read`] : []),
    ...(strangeDocuments > 0 ? [`${strangeDocuments} documents that are not updates`] : []),
  ];
  return parts.join('; ');
}
