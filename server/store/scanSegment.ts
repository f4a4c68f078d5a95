import type { StoreFiles } from './StorePlace.js';
import { type Scanned, scanBlocks } from './scanBlocks.js';
import { scanRecords } from './scanRecords.js';
import { openSegment, type SegmentPlace } from './segmentFile.js';

/**
 * Every whole document of a segment, in order, without the rows that point at them, and the bytes between them that are
 * none: what is damaged is passed over up to the next that is whole.
 * @throws SyncError StoreCorrupt (its header), StoreReadFailed
 */
export async function* scanSegment(files: StoreFiles, place: SegmentPlace): AsyncGenerator<Scanned, void> {
  const segment = openSegment(files, place);
  try {
    const { dictionary } = segment;
    yield* dictionary === undefined ? scanBlocks(files, segment) : scanRecords(files, { ...segment, dictionary });
  } finally {
    files.closeSync(segment.descriptor);
  }
}
