// What the reader in TypeScript gets to see, as numbers of 4 bytes; places are counted from the beginning of the document.
import { ATTRIBUTES, DOCUMENT, OPEN_EVENTS, RESULT, RESULT_END } from "./memory";
import { localOf, prefixOf } from "./names";

export const OPEN: i32 = 1;
export const CLOSE: i32 = 2;
export const TEXT: i32 = 3;
/** No event is longer: an element with as many attributes as there may be. */
const LONGEST: usize = 1024;

let top: usize = RESULT;

export function beginEvents(): void {
  top = RESULT;
}

export function eventCount(): i32 {
  return ((top - RESULT) >> 2) as i32;
}

@inline export function isFull(): bool {
  return top + LONGEST > RESULT_END;
}

@inline function put(value: i32): void {
  store<i32>(top, value);
  top += 4;
}

/** OPEN, kind of namespace, name, index of the CLOSE, attributes: name (0 with a prefix), start and end of the value. */
export function putOpen(namespace: i32, name: i32, attributes: i32, depth: i32): void {
  store<i32>(OPEN_EVENTS + (depth << 2), top as i32);
  put(OPEN);
  put(namespace);
  put(localOf(name));
  put(0);
  put(attributes);
  for (let index = 0; index < attributes; index++) {
    const attribute = ATTRIBUTES + index * 12;
    const known = load<i32>(attribute);
    put(prefixOf(known) == 0 ? localOf(known) : 0);
    put(load<i32>(attribute, 4));
    put(load<i32>(attribute, 8));
  }
}

export function putClose(depth: i32): void {
  store<i32>(load<i32>(OPEN_EVENTS + (depth << 2)) as usize, ((top - RESULT) >> 2) as i32, 12);
  put(CLOSE);
}

export function putText(start: usize, end: usize): void {
  put(TEXT);
  put((start - DOCUMENT) as i32);
  put((end - DOCUMENT) as i32);
}
