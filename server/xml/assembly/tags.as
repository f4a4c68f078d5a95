// Start tags: names, attributes, namespaces, as server/xml/XmlScanner.ts reads them.
import { passSpace, valueEnd } from "./characters";
import { ATTRIBUTES, DOCUMENT } from "./memory";
import { behind, localOf, prefixOf, readName } from "./names";
import { addressAt, addressOf, bind } from "./scopes";

const LIMIT: i32 = 64;
const ATTRIBUTE: i32 = 12;

/** Numbers of the names `xmlns` and `xml`. */
let xmlns: i32 = 0;
let xml: i32 = 0;
/** Of the start tag that was read last. */
export let attributes: i32 = 0;
export let isEmpty: bool = false;
let hasPrefix: bool = false;

export function setReserved(first: i32, second: i32): void {
  xmlns = first;
  xml = second;
}

/** Behind the rest of the start tag of the element at a depth, whose name ends at `at`. */
export function behindTag(at: usize, end: usize, depth: i32): usize {
  attributes = 0;
  isEmpty = false;
  hasPrefix = false;
  while (at < end) {
    const next = passSpace(at);
    const byte = load<u8>(next);
    if (byte == 0x3e) return arePrefixesBound() ? next + 1 : 0;
    if (byte == 0x2f) {
      isEmpty = true;
      return load<u8>(next + 1) == 0x3e && arePrefixesBound() ? next + 2 : 0;
    }
    if (next == at) return 0;
    at = behindAttribute(next, end, depth);
    if (at == 0) return 0;
  }
  return 0;
}

function behindAttribute(at: usize, end: usize, depth: i32): usize {
  const name = readName(at);
  if (name < 0) return 0;
  at = passSpace(behind);
  if (load<u8>(at) != 0x3d) return 0;
  at = passSpace(at + 1);
  const quote: u32 = load<u8>(at);
  if (quote != 0x22 && quote != 0x27) return 0;
  const start = at + 1;
  const stop = valueEnd(start, end, quote);
  if (stop == 0) return 0;
  const isDeclaration = name == xmlns || prefixOf(name) == xmlns;
  return (isDeclaration ? declare(name, start, stop, depth) : note(name, start, stop)) ? stop + 1 : 0;
}

function declare(name: i32, start: usize, stop: usize, depth: i32): bool {
  const prefix = name == xmlns ? 0 : localOf(name);
  const length = (stop - start) as i32;
  if (prefix == xmlns || prefix == xml || (length == 0 && prefix != 0)) return false;
  for (let at = start; at < stop; at++) if (load<u8>(at) == 0x26 || load<u8>(at) < 0x20) return false;
  const address = length == 0 ? 0 : addressAt(start, length);
  return address >= 0 && bind(prefix, address, depth);
}

function note(name: i32, start: usize, stop: usize): bool {
  if (attributes >= LIMIT) return false;
  for (let index = 0; index < attributes; index++) if (load<i32>(ATTRIBUTES + index * ATTRIBUTE) == name) return false;
  const place = ATTRIBUTES + attributes * ATTRIBUTE;
  store<i32>(place, name);
  store<i32>(place, (start - DOCUMENT) as i32, 4);
  store<i32>(place, (stop - DOCUMENT) as i32, 8);
  attributes++;
  if (prefixOf(name) != 0) hasPrefix = true;
  return true;
}

/** Every prefix is bound, and no attribute stands twice under two prefixes of one namespace. */
function arePrefixesBound(): bool {
  if (!hasPrefix) return true;
  for (let index = 0; index < attributes; index++) {
    const name = load<i32>(ATTRIBUTES + index * ATTRIBUTE);
    const prefix = prefixOf(name);
    if (prefix == 0) continue;
    if (addressOf(prefix) == 0 && prefix != xml) return false;
    for (let before = 0; before < index; before++) if (isSame(load<i32>(ATTRIBUTES + before * ATTRIBUTE), name)) return false;
  }
  return true;
}

function isSame(one: i32, other: i32): bool {
  const prefix = prefixOf(one);
  return prefix != 0 && addressOf(prefix) == addressOf(prefixOf(other)) && localOf(one) == localOf(other);
}
