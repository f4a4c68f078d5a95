import path from 'node:path';
import { SyncError } from '../errors/SyncError.js';
import { identityKey } from '../metadata/UpdateIdentity.js';
import { readUpdateInSteps } from '../metadata/readUpdateDocument.js';
import { inTurns, nextTurn } from '../platform/inTurns.js';
import { defaultSettings } from '../state/ComponentSettings.js';
import { settingsChange } from '../state/settingsStore.js';
import { Identities } from '../store/sql/Identities.js';
import { SqlConnection } from '../store/embedded/SqlConnection.js';
import { applyChanges } from '../store/sql/applyChanges.js';
import type { SalvagePlace } from '../store/embedded/salvageDatabase.js';
import { FORMAT } from '../store/sql/schema.js';
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

/** A database that was made again from the documents alone, and what could not be. */
interface Rebuilt {
  readonly connection: SqlConnection;
  readonly documents: number;
  /** What is lost, as the end of a sentence. */
  readonly lost: string;
}

/** What was read of the segments. */
interface Found {
  readonly rows: Map<string, RevisionRow>;
  unreadableBytes: number;
  strangeDocuments: number;
  readonly unreadableFiles: string[];
}

/**
 * Makes the index again from the documents, which hold everything that it says of updates and categories. Settings,
 * history and what an administrator said of single updates are in no document; the source is none until somebody sets
 * it, so that nothing is asked for that was not wanted. Nothing is written.
 * @throws SyncError StoreReadFailed
 */
export async function rebuildDatabase(place: SalvagePlace, serverName: string, now: number): Promise<Rebuilt> {
  const found: Found = { rows: new Map(), unreadableBytes: 0, strangeDocuments: 0, unreadableFiles: [] };
  for (const name of segmentsOf(place)) await readSegment(place, name, { found, now });
  const connection = await fill(place, [...found.rows.values()], serverName);
  return { connection, documents: found.rows.size, lost: lostOf(found) };
}

/** The names of the segments, the oldest first: of a document that was moved the later copy counts. */
export function segmentsOf({ files, place }: Pick<SalvagePlace, 'files' | 'place'>): string[] {
  const number = (name: string): number => parseSegmentFile(name) ?? 0;
  return namesIn(files, place.documents)
    .filter((name) => parseSegmentFile(name) !== undefined)
    .sort((a, b) => number(a) - number(b));
}

async function readSegment(
  { files, place }: SalvagePlace,
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

async function fill(place: SalvagePlace, rows: readonly RevisionRow[], serverName: string): Promise<SqlConnection> {
  const connection = new SqlConnection(place.sql);
  connection.migrate(FORMAT);
  const context = { sql: connection, identities: new Identities(connection), run: connection.run.bind(connection) };
  const settings = settingsChange({
    ...defaultSettings(serverName),
    synchronizeAction: 'DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource',
  });
  connection.control('BEGIN');
  await inTurns(applyChanges({ settings }, context));
  for (let at = 0; at < rows.length; at += ROWS)
    await inTurns(applyChanges({ revisions: rows.slice(at, at + ROWS) }, context));
  connection.control('COMMIT');
  return connection;
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
