/** A segment that has become so long gets no further documents. */
export const SEGMENT_LIMIT = 256 * 1024 * 1024;

/** How the documents of a stream are packed: nobody waits for maintenance. */
export const PACKING = {
  configuration: 'quick',
  updates: 'quick',
  compactedConfiguration: 'small',
  compactedUpdates: 'small',
} as const;
