// What may stand where, as server/xml/runs.ts and characters.ts decide it; each gives 0 where that judge has to look.
import { CLASSES } from "./memory";

export const SPACE: u32 = 1;
export const FORBIDDEN: u32 = 2;
export const NAME: u32 = 4;

export function setClasses(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let kind: u32 = byte < 0x20 ? FORBIDDEN : 0;
    if (byte == 0x20 || byte == 9 || byte == 10 || byte == 13) kind = SPACE;
    if (byte >= 0x80 || (byte >= 0x30 && byte <= 0x3a) || isLetter(byte) || byte == 0x2d || byte == 0x2e) kind = NAME;
    store<u8>(CLASSES + byte, kind as u8);
  }
}

/** A-Z, a-z and the underscore: what a name begins with. */
@inline export function isLetter(byte: u32): bool {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a) || byte == 0x5f;
}

@inline export function classOf(byte: u32): u32 {
  return load<u8>(CLASSES + byte);
}

@inline export function passSpace(at: usize): usize {
  while (classOf(load<u8>(at)) == SPACE) at++;
  return at;
}

/** Behind the reference whose `&` stands at `at`. */
export function behindReference(at: usize): usize {
  const word = load<u32>(at);
  if (word == 0x3b746c26 || word == 0x3b746726) return at + 4; // lt, gt
  if (word == 0x706d6126 && load<u8>(at + 4) == 0x3b) return at + 5; // amp
  if (word == 0x6f757126 && load<u16>(at + 4) == 0x3b74) return at + 6; // quot
  if (word == 0x6f706126 && load<u16>(at + 4) == 0x3b73) return at + 6; // apos
  return load<u8>(at + 1) == 0x23 ? behindNumber(at + 2) : 0;
}

function behindNumber(at: usize): usize {
  const isHex = load<u8>(at) == 0x78;
  if (isHex) at++;
  const from = at;
  let point: u32 = 0;
  for (; at - from < 7; at++) {
    const digit = digitOf(load<u8>(at), isHex);
    if (digit == 99) break;
    point = point * (isHex ? 16 : 10) + digit;
  }
  return at > from && load<u8>(at) == 0x3b && isCharacter(point) ? at + 1 : 0;
}

function digitOf(byte: u32, isHex: bool): u32 {
  if (byte - 0x30 < 10) return byte - 0x30;
  return isHex && (byte | 0x20) - 0x61 < 6 ? (byte | 0x20) - 0x57 : 99;
}

function isCharacter(point: u32): bool {
  if (point < 0x20) return point == 9 || point == 10 || point == 13;
  return point <= 0xd7ff || (point >= 0xe000 && point <= 0xfffd) || (point >= 0x10000 && point <= 0x10ffff);
}

/** The `<` or the end behind the text that begins at `at`. */
export function textEnd(at: usize, end: usize): usize {
  while (at < end) {
    at = firstOf(at, 0x5d);
    if (at >= end) break;
    const byte: u32 = load<u8>(at);
    if (byte == 0x3c) return at;
    if (byte == 0x26) {
      at = behindReference(at);
      if (at == 0) return 0;
    } else if (byte == 0x5d) {
      if (load<u16>(at + 1) == 0x3e5d) return 0; // ]]>
      at++;
    } else if (classOf(byte) == SPACE) at++;
    else return 0;
  }
  return end;
}

/** The closing quote of the value that begins at `at`. */
export function valueEnd(at: usize, end: usize, quote: u32): usize {
  while (at < end) {
    at = firstOf(at, quote);
    if (at >= end) break;
    const byte: u32 = load<u8>(at);
    if (byte == quote) return at;
    if (byte == 0x26) {
      at = behindReference(at);
      if (at == 0) return 0;
    } else if (classOf(byte) == SPACE) at++;
    else return 0;
  }
  return 0;
}

/** The next byte that is `<`, `&`, `other` or below the blank: zeros behind the document end every search. */
@inline function firstOf(at: usize, other: u32): usize {
  const less = i8x16.splat(0x3c);
  const ampersand = i8x16.splat(0x26);
  const blank = i8x16.splat(0x20);
  const wanted = i8x16.splat(other as i8);
  let mask: i32 = 0;
  for (; mask == 0; at += 16) {
    const bytes = v128.load(at);
    const named = v128.or(v128.or(i8x16.eq(bytes, less), i8x16.eq(bytes, ampersand)), i8x16.eq(bytes, wanted));
    mask = i8x16.bitmask(v128.or(named, i8x16.lt_u(bytes, blank)));
  }
  return at - 16 + ctz(mask);
}

/** Behind the comment that begins with `<!` at `at`. */
export function behindComment(at: usize, end: usize): usize {
  if (load<u16>(at + 2) != 0x2d2d) return 0;
  for (at += 4; at + 2 < end; at++) {
    const byte: u32 = load<u8>(at);
    if (classOf(byte) == FORBIDDEN) return 0;
    if (byte == 0x2d && load<u8>(at + 1) == 0x2d) return load<u8>(at + 2) == 0x3e ? at + 3 : 0;
  }
  return 0;
}

/** Whether U+FFFE or U+FFFF stands in the bytes: XML does not know them. */
export function hasNoCharacter(at: usize, end: usize): bool {
  const first = i8x16.splat(-17); // 0xef
  for (; at < end; at += 16) {
    let mask = i8x16.bitmask(i8x16.eq(v128.load(at), first));
    for (; mask != 0; mask &= mask - 1) {
      const found = at + ctz(mask);
      if (load<u8>(found + 1) == 0xbf && load<u8>(found + 2) >= 0xbe) return true;
    }
  }
  return false;
}
