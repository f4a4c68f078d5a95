// Qualified names by number: documents repeat theirs, so that nearly every name is the one that came next before.
import { classOf, isLetter, NAME } from "./characters";
import { BOUND, FOLLOWERS, NAME_BYTES, NAME_LENGTHS, NAME_LOCALS, NAME_PREFIXES, NAME_SLOTS } from "./memory";

const LONGEST: i32 = 64;
const LIMIT: i32 = 4000;
const SLOTS: i32 = 16384;
/** Names that are made to fall into one place are left to the other reader. */
const PROBES: i32 = 32;

let count: i32 = 1; // 0 is the empty prefix
let last: i32 = -1;
/** Behind the name that was read last. */
export let behind: usize = 0;

export function resetNames(): void {
  memory.fill(NAME_SLOTS, 0, SLOTS * 4);
  memory.fill(FOLLOWERS, 0xff, (LIMIT + 97) * 4);
  memory.fill(BOUND, 0, 0x2000);
  count = 1;
  last = -1;
}

export function nameCount(): i32 {
  return count;
}

export function beginNames(): void {
  last = -1;
}

@inline export function lengthOf(name: i32): i32 {
  return load<u16>(NAME_LENGTHS + (name << 1));
}

@inline export function prefixOf(name: i32): i32 {
  return load<u16>(NAME_PREFIXES + (name << 1));
}

@inline export function localOf(name: i32): i32 {
  return load<u16>(NAME_LOCALS + (name << 1));
}

/** Whether the name stands at `at`, whatever follows. */
@inline export function standsAt(name: i32, length: i32, at: usize): bool {
  const known = NAME_BYTES + ((name as usize) << 6);
  for (let done: i32 = 0; done < length; done += 16) {
    const differing = ~i8x16.bitmask(i8x16.eq(v128.load(at + done), v128.load(known + done))) | 0x10000;
    if (ctz(differing) < min(16, length - done)) return false;
  }
  return true;
}

/** Number of the name at `at`, -1 where the other reader has to look. */
@inline export function readName(at: usize): i32 {
  const expected = load<i32>(FOLLOWERS + ((last + 1) << 2));
  if (expected >= 0) {
    const length = lengthOf(expected);
    if (standsAt(expected, length, at) && classOf(load<u8>(at + length)) != NAME) {
      behind = at + length;
      last = expected;
      return expected;
    }
  }
  return readUnexpected(at);
}

function readUnexpected(at: usize): i32 {
  let end = at;
  while (classOf(load<u8>(end)) == NAME && ((end - at) as i32) <= LONGEST) end++;
  const name = intern(at, (end - at) as i32);
  if (name < 0) return -1;
  store<i32>(FOLLOWERS + ((last + 1) << 2), name);
  last = name;
  behind = end;
  return name;
}

export function intern(at: usize, length: i32): i32 {
  if (length > LONGEST || length <= 0) return -1;
  let slot = hashOf(at, length) & (SLOTS - 1);
  for (let probe = 0; probe < PROBES; probe++) {
    const name = load<i32>(NAME_SLOTS + (slot << 2));
    if (name == 0) return add(at, length, slot);
    if (lengthOf(name) == length && standsAt(name, length, at)) return name;
    slot = (slot + 1) & (SLOTS - 1);
  }
  return -1;
}

function hashOf(at: usize, length: i32): i32 {
  let hash = length;
  for (let index = 0; index < length; index++) hash = hash * 31 + load<u8>(at + index);
  return hash;
}

function add(at: usize, length: i32, slot: i32): i32 {
  const colon = colonOf(at, length);
  if (colon == length || count >= LIMIT) return -1;
  const name = count++;
  store<i32>(NAME_SLOTS + (slot << 2), name);
  store<u16>(NAME_LENGTHS + (name << 1), length as u16);
  memory.copy(NAME_BYTES + ((name as usize) << 6), at, length);
  const prefix = colon < 0 ? 0 : intern(at, colon);
  const local = colon < 0 ? name : intern(at + colon + 1, length - colon - 1);
  if (prefix < 0 || local < 0) {
    store<u16>(NAME_LENGTHS + (name << 1), 0); // found by nobody
    return -1;
  }
  store<u16>(NAME_PREFIXES + (name << 1), prefix as u16);
  store<u16>(NAME_LOCALS + (name << 1), local as u16);
  return name;
}

/** Where the colon of a qualified ASCII name stands, -1 for none, `length` for what is no such name. */
function colonOf(at: usize, length: i32): i32 {
  let colon = -1;
  let isFirst = true;
  for (let index = 0; index < length; index++) {
    const byte: u32 = load<u8>(at + index);
    if (byte == 0x3a && colon < 0 && !isFirst) {
      colon = index;
      isFirst = true;
    } else if (byte >= 0x80 || byte == 0x3a || (isFirst && !isLetter(byte))) return length;
    else isFirst = false;
  }
  return isFirst ? length : colon;
}
