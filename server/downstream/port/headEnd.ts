const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Where the reading of a request's head stands. */
interface HeadState {
  /** Something of the head was there. */
  hasBegun: boolean;
  /** The last thing was the end of a line. */
  isLineEnd: boolean;
}

/** The state before a request. */
export function beforeHead(): HeadState {
  return { hasBegun: false, isLineEnd: false };
}

/**
 * The position behind the blank line that ends a head, -1 where the bytes end before it; `state` goes on with the bytes
 * after these. Blank lines before a head are not an end. Any line end counts, so that no reader sees an end that is
 * none here.
 */
export function headEnd(bytes: Uint8Array, from: number, state: HeadState): number {
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === LINE_FEED) {
      if (state.hasBegun && state.isLineEnd) return at + 1;
      state.isLineEnd = true;
    } else if (byte !== CARRIAGE_RETURN) {
      state.hasBegun = true;
      state.isLineEnd = false;
    }
  }
  return -1;
}
