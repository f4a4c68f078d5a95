/** A file of documents, and how many bytes of it rows point to. */
export interface SegmentUse extends SegmentInfo {
  readonly live: number;
}

/** Segments to copy what is live out of, and segments that hold nothing any more. */
interface CompactionPlan {
  readonly rewrite: readonly number[];
  readonly drop: readonly number[];
}

/** Every engine begins segments of its own: small ones are put together when there are so many of them. */
const SMALL = 1024 * 1024;
const MANY = 8;

/**
 * Segments of which less than half is live are rewritten, and small ones when there are many; never those that are
 * being written to.
 */
export function segmentsToCompact(segments: readonly SegmentUse[]): CompactionPlan {
  const closed = segments.filter((segment) => !segment.isWritten);
  const used = closed.filter((segment) => segment.live > 0);
  const small = used.filter((segment) => segment.size < SMALL);
  const isDue = (segment: SegmentUse): boolean =>
    segment.live * 2 < segment.records || (small.length >= MANY && segment.size < SMALL);
  return {
    rewrite: used.filter(isDue).map((segment) => segment.segment),
    drop: closed.filter((segment) => segment.live === 0).map((segment) => segment.segment),
  };
}

/** A file of documents. */
export interface SegmentInfo {
  readonly segment: number;
  /** Bytes of the file, and of its records alone; both 0 when its header is not whole. */
  readonly size: number;
  readonly records: number;
  /** True while this engine may write to it. */
  readonly isWritten: boolean;
}
