import { DOCUMENT, RESULT } from "./memory";

/**
 * Turns the five named references of so many bytes back; gives how many bytes lie at the place of results, or -1 where
 * there are others.
 */
export function unescape(length: usize): i32 {
  const ampersand = i8x16.splat(0x26);
  const end = DOCUMENT + length;
  memory.fill(end, 0, 64);
  let from = DOCUMENT;
  let to = RESULT;
  while (from < end) {
    const bytes = v128.load(from);
    v128.store(to, bytes);
    const mask = i8x16.bitmask(i8x16.eq(bytes, ampersand));
    const plain: usize = mask == 0 ? 16 : ctz(mask);
    from += plain;
    to += plain;
    if (plain == 16 || from >= end) continue;
    const word = load<u32>(from);
    if (word == 0x3b746c26) from = put(to, 0x3c, from + 4);
    else if (word == 0x3b746726) from = put(to, 0x3e, from + 4);
    else if (word == 0x706d6126 && load<u8>(from + 4) == 0x3b) from = put(to, 0x26, from + 5);
    else if (word == 0x6f757126 && load<u16>(from + 4) == 0x3b74) from = put(to, 0x22, from + 6);
    else if (word == 0x6f706126 && load<u16>(from + 4) == 0x3b73) from = put(to, 0x27, from + 6);
    else return -1;
    to++;
  }
  return (to - RESULT - (from - end)) as i32;
}

@inline function put(to: usize, character: u8, behind: usize): usize {
  store<u8>(to, character);
  return behind;
}
