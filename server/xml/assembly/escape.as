import { DOCUMENT, RESULT } from "./memory";

/**
 * Writes `<`, `>`, `&` and the carriage return of so many bytes as references; gives how many bytes lie at the place of
 * results. They are at most five times as many.
 */
export function escape(length: usize): usize {
  const end = DOCUMENT + length;
  let from = DOCUMENT;
  let to = RESULT;
  while (from < end) {
    const bytes = v128.load(from);
    v128.store(to, bytes);
    const mask = i8x16.bitmask(marked(bytes));
    const plain: usize = mask == 0 ? 16 : ctz(mask);
    from += plain;
    to += plain;
    if (plain == 16 || from >= end) continue;
    to = reference(to, load<u8>(from));
    from++;
  }
  return to - RESULT - (from - end);
}

/** How many bytes `escape` would make of so many. */
export function escapedLength(length: usize): usize {
  const end = DOCUMENT + length;
  memory.fill(end, 0, 16);
  let made = length;
  for (let from = DOCUMENT; from < end; from += 16) {
    const bytes = v128.load(from);
    made += 3 * popcnt<i32>(i8x16.bitmask(angles(bytes))) + 4 * popcnt<i32>(i8x16.bitmask(others(bytes)));
  }
  return made;
}

@inline function marked(bytes: v128): v128 {
  return v128.or(angles(bytes), others(bytes));
}

@inline function angles(bytes: v128): v128 {
  return v128.or(i8x16.eq(bytes, i8x16.splat(0x3c)), i8x16.eq(bytes, i8x16.splat(0x3e)));
}

@inline function others(bytes: v128): v128 {
  return v128.or(i8x16.eq(bytes, i8x16.splat(0x26)), i8x16.eq(bytes, i8x16.splat(0x0d)));
}

/** `&lt;`, `&gt;`, `&amp;` or `&#xD;`; gives the place behind it. */
@inline function reference(to: usize, character: u8): usize {
  if (character == 0x3c) {
    store<u32>(to, 0x3b746c26);
    return to + 4;
  }
  if (character == 0x3e) {
    store<u32>(to, 0x3b746726);
    return to + 4;
  }
  store<u32>(to, character == 0x26 ? 0x706d6126 : 0x44782326);
  store<u8>(to + 4, 0x3b);
  return to + 5;
}
