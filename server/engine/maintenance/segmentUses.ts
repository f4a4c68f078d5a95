import type { SegmentUse } from '../../criteria/segmentsToCompact.js';
import { idRanges } from './idRanges.js';
import { pause, type MaintenanceJob } from './MaintenanceJob.js';

/** The files of documents with the bytes of each that rows point to. */
export async function segmentUses(job: MaintenanceJob): Promise<readonly SegmentUse[]> {
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
