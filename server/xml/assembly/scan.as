// Checks a whole document and lists the elements that update documents are read from. It accepts or passes on: what is
// odd (CDATA, instructions, names beyond ASCII, very many of anything) is judged by server/xml/XmlScanner.ts alone.
import { behindComment, hasNoCharacter, passSpace, setClasses, textEnd } from "./characters";
import { beginEvents, eventCount, isFull, putClose, putOpen, putText } from "./events";
import { DOCUMENT, DOCUMENT_LIMIT, OPEN_NAMES, RESULT } from "./memory";
import { beginNames, behind, intern, lengthOf, localOf, nameCount, prefixOf, readName, resetNames, standsAt } from "./names";
import { addressAt, addressCount, addressOf, resetAddresses, unbind } from "./scopes";
import { attributes, behindTag, isEmpty, setReserved } from "./tags";

export { escape, escapedLength } from "./escape";
export { unescape } from "./unescape";
export { utf16Length } from "./utf16";

const DEEPEST: i32 = 200;
/** Tables that are fuller are made anew before the next document. */
const MANY_NAMES: i32 = 3000;
const MANY_ADDRESSES: i32 = 400;
const PASSED_ON: i32 = -1;

/** Elements whose whole content is listed, and those of whom only the children are: names up to these numbers. */
let wholeUpTo: i32 = 0;
let childrenUpTo: i32 = 0;
/** Deepest element that is listed where the reader stands. */
let listed: i32 = 0;

export function begin(): void {
  setClasses();
  resetNames();
  resetAddresses();
}

/** The number of a name, or an address, whose bytes lie where documents do. */
export function name(length: i32): i32 {
  return intern(DOCUMENT, length);
}

export function address(length: i32): i32 {
  return addressAt(DOCUMENT, length);
}

export function ready(xmlns: i32, xml: i32, whole: i32, children: i32): void {
  setReserved(xmlns, xml);
  wholeUpTo = whole;
  childrenUpTo = children;
}

export function isCrowded(): bool {
  return nameCount() > MANY_NAMES || addressCount() > MANY_ADDRESSES;
}

export function documentPlace(): usize {
  return DOCUMENT;
}

export function documentLimit(): usize {
  return DOCUMENT_LIMIT;
}

export function resultPlace(): usize {
  return RESULT;
}

/** How many numbers the events take; -1: the other reader decides. The document is valid UTF-8. */
export function scan(length: usize): i32 {
  const end = DOCUMENT + length;
  memory.fill(end, 0, 64);
  beginNames();
  beginEvents();
  const isWhole = !hasNoCharacter(DOCUMENT, end) && isDocument(DOCUMENT, end);
  unbind(0);
  return isWhole ? eventCount() : PASSED_ON;
}

function isDocument(at: usize, end: usize): bool {
  let depth: i32 = 0;
  let hasRoot = false;
  while (at < end) {
    if (load<u8>(at) != 0x3c) {
      const stop = depth == 0 ? passSpace(at) : textEnd(at, end);
      if (stop <= at) return false;
      if (depth > 2 && depth <= listed) putText(at, stop);
      at = stop;
      continue;
    }
    const kind = load<u8>(at + 1);
    if (kind == 0x21) at = behindComment(at, end);
    else if (kind == 0x2f) {
      if (depth == 0) return false;
      at = behindEnd(at + 2, depth);
      depth--;
    } else {
      if (depth == 0 ? hasRoot : depth >= DEEPEST) return false;
      hasRoot = true;
      at = behindStart(at + 1, end, depth + 1);
      if (!isEmpty) depth++;
    }
    if (at == 0 || isFull()) return false;
  }
  return at == end && depth == 0 && hasRoot;
}

/** Behind the start tag whose name stands at `at`. */
function behindStart(at: usize, end: usize, depth: i32): usize {
  const element = readName(at);
  if (element < 0) return 0;
  store<i32>(OPEN_NAMES + (depth << 2), element);
  at = behindTag(behind, end, depth);
  if (at == 0) return 0;
  const prefix = prefixOf(element);
  const namespace = addressOf(prefix);
  if (prefix != 0 && namespace == 0) return 0;
  if (depth == 2) listed = listedBelow(namespace, localOf(element));
  if (depth <= 2 || depth <= listed) putOpen(namespace, element, attributes, depth);
  if (isEmpty) close(depth);
  return at;
}

/** How deep the content of a child of the root is listed. */
function listedBelow(namespace: i32, local: i32): i32 {
  if (namespace != 1) return 2;
  if (local <= wholeUpTo) return DEEPEST;
  return local <= childrenUpTo ? 3 : 2;
}

/** Behind the end tag whose name stands at `at`. */
function behindEnd(at: usize, depth: i32): usize {
  const element = load<i32>(OPEN_NAMES + (depth << 2));
  const length = lengthOf(element);
  if (!standsAt(element, length, at)) return 0;
  const next = passSpace(at + length);
  if (load<u8>(next) != 0x3e) return 0;
  close(depth);
  return next + 1;
}

function close(depth: i32): void {
  if (depth <= 2 || depth <= listed) putClose(depth);
  unbind(depth - 1);
}
