import { segmentsToCompact, type SegmentUse } from '../criteria/segmentsToCompact.js';
import { reasonOf, SyncError } from '../errors/SyncError.js';
import { stateChange } from '../state/siteState.js';
import type { DocumentPlace } from '../store/MaintenanceReads.js';
import type { DocumentRecord } from '../store/segmentRecord.js';
import { idRanges, type MaintenanceJob, pause } from './MaintenanceJob.js';

/** The files of documents with the bytes of each that rows point to. */
async function segmentUses(job: MaintenanceJob): Promise<readonly SegmentUse[]> {
  const { database, documents } = job.context;
  const live = new Map<number, number>();
  for (const range of idRanges((await database.nextIds()).revision - 1)) {
    await pause(job);
    for (const { revisionId, location } of await database.documentsIn(range)) {
      if (!job.assumed.goneRevisions.has(revisionId))
        live.set(location.segment, (live.get(location.segment) ?? 0) + location.length);
    }
  }
  return (await documents.segments()).map((segment) => ({ ...segment, live: live.get(segment.segment) ?? 0 }));
}

/** Documents, and bytes of them as stored, that are copied in one transaction. */
const BATCH = 64;
const BATCH_BYTES = 1024 * 1024;

/**
 * Copies the documents that are still needed out of files that mostly hold others, then removes files that nothing
 * points
 * to: also those that an earlier maintenance, or a batch that was never acknowledged, has left behind.
 */
export async function compactDocuments(job: MaintenanceJob): Promise<void> {
  const { context, report } = job;
  const before = await segmentUses(job);
  const plan = segmentsToCompact(before);
  report.counts.CompactedSegments = plan.rewrite.length + plan.drop.length;
  if (report.counts.CompactedSegments === 0) return;
  if (job.isWhatIf) {
    report.counts.FreedBytes = freedBy(before, [...plan.rewrite, ...plan.drop]);
    return;
  }
  await copyDocuments(job, new Set(plan.rewrite));
  await removeFiles(job);
  report.counts.FreedBytes = Math.max(0, sizeOf(before) - sizeOf(await context.documents.segments()));
  context.log.write(
    `Compacted ${report.counts.CompactedSegments} document file(s) and freed ${report.counts.FreedBytes} bytes`,
  );
}

/** What is dead in the files; the copies come without it. */
function freedBy(segments: readonly SegmentUse[], chosen: readonly number[]): number {
  const going = new Set(chosen);
  return segments
    .filter((segment) => going.has(segment.segment))
    .reduce((sum, segment) => sum + segment.size - segment.live, 0);
}

function sizeOf(segments: readonly { size: number }[]): number {
  return segments.reduce((sum, segment) => sum + segment.size, 0);
}

async function copyDocuments(job: MaintenanceJob, chosen: ReadonlySet<number>): Promise<void> {
  const { database } = job.context;
  if (chosen.size === 0) return;
  for (const range of idRanges((await database.nextIds()).revision - 1)) {
    await pause(job);
    const stored = (await database.documentsIn(range)).filter((document) => chosen.has(document.location.segment));
    for (const isConfiguration of [true, false]) {
      for (const batch of batchesOf(stored.filter((document) => document.isConfiguration === isConfiguration))) {
        await pause(job);
        await copyBatch(job, batch, isConfiguration);
      }
    }
  }
}

function* batchesOf(documents: readonly DocumentPlace[]): Generator<readonly DocumentPlace[]> {
  let batch: DocumentPlace[] = [];
  let bytes = 0;
  for (const document of documents) {
    batch.push(document);
    bytes += document.location.length;
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

/**
 * The copies are durable before the rows point to them; a document that cannot be read stays where it is, and its file
 * with it.
 */
async function copyBatch(
  job: MaintenanceJob,
  batch: readonly DocumentPlace[],
  isConfiguration: boolean,
): Promise<void> {
  const { database, documents, log } = job.context;
  const readable: (DocumentRecord & { revisionId: number })[] = [];
  for (const { revisionId, location } of batch) {
    try {
      readable.push({ revisionId, ...(await documents.readRecord(location)) });
    } catch (error) {
      if (!(error instanceof SyncError) || error.errorId !== 'StoreCorrupt') throw error;
      log.write(`A document was not copied: ${error.message}`);
    }
  }
  const stream = isConfiguration ? 'compactedConfiguration' : 'compactedUpdates';
  const locations = await documents.append(
    stream,
    readable.map(({ document }) => document),
    readable.map(({ notes }) => notes),
  );
  const movedDocuments = locations.flatMap((location, index) => {
    const moved = readable[index];
    return moved === undefined ? [] : [{ revisionId: moved.revisionId, location }];
  });
  if (movedDocuments.length > 0) await database.commit({ movedDocuments });
}

async function removeFiles(job: MaintenanceJob): Promise<void> {
  const { database, documents, log } = job.context;
  const unused = segmentsToCompact(await segmentUses(job)).drop;
  // An engine that was paused while another took over is told so here, before it removes what the other reads.
  await database.commit({ settings: stateChange({ maintenancePending: true }) });
  for (const segment of unused) {
    await pause(job);
    try {
      await documents.drop(segment);
    } catch (error) {
      log.write(`A document file is kept until the next cleanup: ${reasonOf(error)}`);
    }
  }
}
