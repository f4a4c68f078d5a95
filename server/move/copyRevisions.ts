import { reasonOf, SyncError } from '../errors/SyncError.js';
import type { DocumentLocation, DocumentStore } from '../store/DocumentStore.js';
import type { DocumentRecord } from '../store/segmentRecord.js';
import type { Row, Value } from '../store/sql/Sql.js';
import { TABLES } from '../store/sql/tables.js';
import type { Store } from '../store/Store.js';

/** Documents that are written together: about so many bytes. */
const BATCH_BYTES = 8 * 1024 * 1024;

/** Where a row of a revision says where its document lies. */
const PLACE = TABLES.revision.columns.indexOf('segment');

/** A row with its document. */
interface CopiedRevision {
  readonly row: Row;
  readonly isConfiguration: boolean;
  readonly record: DocumentRecord;
}

/**
 * Copies revisions with their documents: a document gets another place, which its new row names, and is durable before
 * that. @throws SyncError StoreCorrupt, with the update whose document cannot be read
 */
export async function copyRevisions(
  { source, target }: { readonly source: Store; readonly target: Store },
  rows: readonly Row[],
): Promise<void> {
  const kinds = await configurationAmong(source, rows);
  let batch: CopiedRevision[] = [];
  let bytes = 0;
  for (const row of rows) {
    const record = await recordOf(source, row);
    batch.push({ row, record, isConfiguration: kinds.has(row[0] ?? null) });
    bytes += record.document.length;
    if (bytes < BATCH_BYTES) continue;
    await write(target, batch);
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) await write(target, batch);
}

/** Where a document of a row lies. */
function placeOf(row: Row): DocumentLocation {
  const [segment, position, length] = row.slice(PLACE, PLACE + 3).map(Number);
  return { segment: segment ?? 0, position: position ?? 0, length: length ?? 0 };
}

/** The row with something else in the place of where its document lies. */
export function rowWithPlace(row: Row, place: readonly Value[]): Row {
  return [...row.slice(0, PLACE), ...place, ...row.slice(PLACE + 3)];
}

/** The document of a row. @throws SyncError StoreCorrupt, with the update */
export async function recordOf({ database, documents }: Store, row: Row): Promise<DocumentRecord> {
  const location = placeOf(row);
  try {
    return await documents.readRecord(location);
  } catch (error) {
    if (!(error instanceof SyncError) || !['StoreCorrupt', 'StoreReadFailed'].includes(error.errorId)) throw error;
    const id = Number(row[0]);
    const updateId = (await database.names([id])).get(id)?.updateId ?? `with the number ${id}`;
    throw new SyncError(
      'StoreCorrupt',
      {
        path: documents.fileOf(location.segment),
        reason: `the document of the update ${updateId} cannot be read (${reasonOf(error)})`,
      },
      { cause: error },
    );
  }
}

async function configurationAmong({ database }: Store, rows: readonly Row[]): Promise<ReadonlySet<Value>> {
  const range = { from: Number(rows[0]?.[0]), to: Number(rows.at(-1)?.[0]) };
  const places = await database.documentsIn(range);
  return new Set(places.filter(({ isConfiguration }) => isConfiguration).map(({ revisionId }) => revisionId));
}

async function write({ database, documents }: Store, batch: readonly CopiedRevision[]): Promise<void> {
  const rows: Row[] = [];
  for (const isConfiguration of [true, false]) {
    const part = batch.filter((one) => one.isConfiguration === isConfiguration);
    const locations = await append(documents, part, isConfiguration);
    locations.forEach(({ segment, position, length }, index) => {
      const row = part[index]?.row;
      if (row !== undefined) rows.push(rowWithPlace(row, [segment, position, length]));
    });
  }
  rows.sort((one, other) => Number(one[0]) - Number(other[0]));
  await database.commit({ copiedRows: [{ table: 'revision', rows }] });
}

async function append(
  documents: DocumentStore,
  part: readonly CopiedRevision[],
  isConfiguration: boolean,
): Promise<readonly DocumentLocation[]> {
  if (part.length === 0) return [];
  return documents.append(
    isConfiguration ? 'compactedConfiguration' : 'compactedUpdates',
    part.map(({ record }) => record.document),
    part.map(({ record }) => record.notes),
  );
}
