import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { reasonOf } from '../errors/SyncError.js';
import type { SiteContext } from '../state/SiteContext.js';
import type { DocumentStore, SegmentState } from '../store/DocumentStore.js';
import type { SiteReads } from '../store/SiteDatabase.js';
import type { SegmentUse, StoreProblem } from '../store/StoreInspection.js';

/** Revisions that are counted between two turns of the event loop. */
const SLICE = 5000;

/** Damaged, missing and shortened segments, and the bytes of each that belong to no document. */
interface SegmentReport {
  readonly files: number;
  readonly problems: readonly StoreProblem[];
  readonly orphans: readonly { readonly path: string; readonly bytes: number }[];
}

/** Compares what the rows say of the segments with their headers and sizes. */
export async function segmentProblems(database: SiteReads, documents: DocumentStore): Promise<SegmentReport> {
  const first = await compare(database, documents);
  if (first.problems.length === 0) return first;
  // A segment may have been emptied and removed between the two looks.
  const second = await compare(database, documents);
  const known = new Set(first.problems.map((problem) => problem.path));
  return { ...second, problems: second.problems.filter((problem) => known.has(problem.path)) };
}

async function compare(database: SiteReads, documents: DocumentStore): Promise<SegmentReport> {
  const use = await usedSegments(database);
  // Afterwards: a segment only grows.
  const segments = await documents.inspect();
  const known = new Set(segments.map((segment) => segment.number));
  const missing = [...use.values()]
    .filter(({ segment }) => !known.has(segment))
    .map(({ segment, documents: count }) => ({
      path: documents.fileOf(segment),
      position: null,
      reason: `it is missing, with ${count} documents`,
    }));
  const orphans = segments
    .filter((segment) => segment.problem === undefined)
    .map((segment) => ({
      path: segment.path,
      bytes: segment.size - segment.start - (use.get(segment.number)?.bytes ?? 0),
    }));
  return {
    files: segments.length,
    problems: [...segments.flatMap((segment) => problemOf(segment, use.get(segment.number))), ...missing],
    orphans: orphans.filter(({ bytes }) => bytes > 0),
  };
}

function problemOf(segment: SegmentState, use: SegmentUse | undefined): StoreProblem[] {
  if (segment.problem !== undefined)
    return use === undefined ? [] : [{ path: segment.path, position: null, reason: segment.problem }];
  if (use === undefined || use.end <= segment.size) return [];
  return [
    {
      path: segment.path,
      position: segment.size,
      reason: `it ends at byte ${segment.size}, its documents at byte ${use.end}`,
    },
  ];
}

async function usedSegments(database: SiteReads): Promise<Map<number, SegmentUse>> {
  const use = new Map<number, SegmentUse>();
  const { revision } = await database.nextIds();
  for (let from = 1; from < revision; from += SLICE) {
    for (const part of await database.segmentUse({ from, to: from + SLICE - 1 })) {
      const before = use.get(part.segment) ?? { segment: part.segment, bytes: 0, documents: 0, end: 0 };
      use.set(part.segment, {
        segment: part.segment,
        bytes: before.bytes + part.bytes,
        documents: before.documents + part.documents,
        end: Math.max(before.end, part.end),
      });
    }
    await turn();
  }
  return use;
}

/** Of a file its name; what is in a database has a name alone. */
function shortName(place: string): string {
  return path.isAbsolute(place) ? path.basename(place) : place;
}

/** The lines of a log that say which segments are damaged. */
export function segmentLines(report: SegmentReport): string[] {
  return report.problems.map(
    (problem) =>
      `${shortName(problem.path)} is damaged: ${problem.reason}. See with configmgrsync check what is ` +
      `damaged, and repair it with configmgrsync repair.`,
  );
}

/**
 * Compares the sizes of the segments with what the database says of them, beside the engine's work, and logs what is
 * wrong.
 */
export async function noticeDamage(context: SiteContext): Promise<void> {
  try {
    const lines = segmentLines(await segmentProblems(context.database, context.documents));
    if (lines.length > 0) context.log.write(...lines);
  } catch (error) {
    context.log.write(`The segments could not be checked: ${reasonOf(error)}`);
  }
}
