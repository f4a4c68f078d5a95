// Namespace bindings in force: by the number of the prefix the number of the address.
import { BINDINGS, BOUND, URI_BYTES, URI_BYTES_END, URI_PLACES, URI_SLOTS } from "./memory";

const LIMIT: i32 = 500;
const SLOTS: i32 = 1024;
const PROBES: i32 = 32;
const BINDING: usize = 12;

let count: i32 = 0;
let bytesEnd: usize = URI_BYTES;
let top: usize = BINDINGS;

export function resetAddresses(): void {
  memory.fill(URI_SLOTS, 0, SLOTS * 4);
  count = 0;
  bytesEnd = URI_BYTES;
  top = BINDINGS;
}

export function addressCount(): i32 {
  return count;
}

/** Number of an address, from 1 on; -1 where the other reader has to look. */
export function addressAt(at: usize, length: i32): i32 {
  let slot = hashOf(at, length) & (SLOTS - 1);
  for (let probe = 0; probe < PROBES; probe++) {
    const known = load<i32>(URI_SLOTS + (slot << 2));
    if (known == 0) return add(at, length, slot);
    const place = URI_PLACES + ((known as usize) << 3);
    if (load<i32>(place, 4) == length && memory.compare(load<u32>(place) as usize, at, length) == 0) return known;
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
  if (count >= LIMIT || bytesEnd + length > URI_BYTES_END) return -1;
  count++;
  store<i32>(URI_SLOTS + (slot << 2), count);
  const place = URI_PLACES + ((count as usize) << 3);
  store<u32>(place, bytesEnd as u32);
  store<i32>(place, length, 4);
  memory.copy(bytesEnd, at, length);
  bytesEnd += length;
  return count;
}

@inline export function addressOf(prefix: i32): i32 {
  return load<u16>(BOUND + (prefix << 1));
}

/** Binds a prefix in the element at a depth; false where it is bound there already, or there are too many. */
export function bind(prefix: i32, address: i32, depth: i32): bool {
  if (top >= BINDINGS + BINDING * LIMIT) return false;
  for (let at = top; at > BINDINGS && load<i32>(at - BINDING, 8) == depth; at -= BINDING)
    if (load<i32>(at - BINDING) == prefix) return false;
  store<i32>(top, prefix);
  store<i32>(top, addressOf(prefix), 4);
  store<i32>(top, depth, 8);
  top += BINDING;
  store<u16>(BOUND + (prefix << 1), address as u16);
  return true;
}

/** Takes back what elements deeper than `depth` bound. */
@inline export function unbind(depth: i32): void {
  while (top > BINDINGS && load<i32>(top - BINDING, 8) > depth) {
    top -= BINDING;
    store<u16>(BOUND + (load<i32>(top) << 1), load<i32>(top, 4) as u16);
  }
}
