import { reasonOf } from '../../errors/SyncError.js';
import type { SiteContext } from '../../state/SiteContext.js';
import { segmentLines, segmentProblems } from './segmentProblems.js';

/**
 * Compares the sizes of the segments with what the database says of them, beside the engine's work, and logs what is
 * wrong.
 */
export async function noticeDamage(context: SiteContext): Promise<void> {
  try {
    const lines = segmentLines(await segmentProblems(context.database, context.documents));
    if (lines.length > 0) context.log.write(...lines);
  } catch (error) {
    context.log.write(`The segments could not be looked at: ${reasonOf(error)}`);
  }
}
