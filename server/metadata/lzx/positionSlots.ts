/** Offsets of matches as LZX numbers them: a slot, and bits that choose within it (MS-PATCH 2.6). */

/** Slots of a window of two megabytes. */
export const POSITION_SLOTS = 50;

/** The first three slots stand for the last three offsets; others begin behind them. */
const SHIFT = 2;
/** From here on slots are equally wide. */
const FIRST_WIDE = 36;
const WIDE_BITS = 17;

/** The slot of an offset of at least 1. */
export function slotOf(offset: number): number {
  const position = offset + SHIFT;
  if (position < 4) return position;
  const high = 31 - Math.clz32(position);
  const slot = 2 * high + ((position >> (high - 1)) & 1);
  return slot < FIRST_WIDE ? slot : FIRST_WIDE - 2 + (position >> WIDE_BITS);
}

/** How many bits choose within a slot. */
export function extraBits(slot: number): number {
  return slot < 4 ? 0 : Math.min(WIDE_BITS, (slot >> 1) - 1);
}

/** What of an offset the bits within its slot say. */
export function withinSlot(offset: number, slot: number): number {
  return (offset + SHIFT) & ((1 << extraBits(slot)) - 1);
}
