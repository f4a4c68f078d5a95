import { DOCUMENT } from "./memory";

/** How many units of UTF-16 so many bytes of UTF-8 stand for; a character counts where its first byte stands. */
export function utf16Length(length: usize): usize {
  const end = DOCUMENT + length;
  // Bytes that go on with a character count nothing.
  memory.fill(end, 0x80, 16);
  let units: usize = 0;
  for (let from = DOCUMENT; from < end; from += 16) {
    const bytes = v128.load(from);
    const first = i8x16.bitmask(i8x16.gt_s(bytes, i8x16.splat(-65)));
    const ofFour = i8x16.bitmask(i8x16.ge_u(bytes, i8x16.splat(-16)));
    units += popcnt<i32>(first) + popcnt<i32>(ofFour);
  }
  return units;
}
