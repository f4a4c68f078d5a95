import type { Steps } from '../platform/inTurns.js';

/** What `next()` came to. */
export const END = 0;
export const OPEN = 1;
export const CLOSE = 2;

/** The elements of a document, one after the other. */
export interface ElementReader {
  /** Local name of the element that `next()` opened. */
  readonly localName: string;
  /** Namespace URI of that element. */
  readonly uri: string;
  /** Goes to the next start tag or end tag. */
  next(): number;
  /** Passes over the rest of the element that was just opened, its end tag included. */
  skip(): void;
  /** The same in steps, for an element that may hold very much. */
  passOver(): Steps<void>;
  /** Local name of the element when it is of the namespace, else ''. */
  nameIn(uri: string): string;
  /** Text of the element that was just opened, up to and with its end tag; child elements are passed over. */
  text(): string;
  /** Value of an attribute without a prefix of the element that was just opened; undefined when absent. */
  attribute(local: string): string | undefined;
}
