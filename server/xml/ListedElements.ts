import { SyncError } from '../errors/SyncError.js';
import type { Steps } from '../platform/inTurns.js';
import { CLOSE, type ElementReader, END, OPEN } from './ElementReader.js';
import { attributeValueOf, textOf } from './characters.js';

/** Numbers of an OPEN event (server/xml/assembly/events.as): what stands where, and how many there are. */
const NAMESPACE = 1;
const NAME = 2;
const CLOSED_AT = 3;
const ATTRIBUTES = 4;
const OPEN_LENGTH = 5;
const ATTRIBUTE_LENGTH = 3;
const CLOSE_LENGTH = 1;
const TEXT_LENGTH = 3;

/** What the numbers in events stand for; 0 is a name or a namespace that nobody asks for. */
export interface Vocabulary {
  readonly names: readonly string[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly namespaces: readonly string[];
}

/** The elements that were listed of a document that is known to be well-formed. */
export class ListedElements implements ElementReader {
  readonly #bytes: Buffer;
  readonly #events: Int32Array;
  readonly #vocabulary: Vocabulary;
  /** Where the events of the elements around stand. */
  readonly #open: number[] = [];
  #at = 0;

  constructor(bytes: Uint8Array, events: Int32Array, vocabulary: Vocabulary) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#events = events;
    this.#vocabulary = vocabulary;
  }

  get localName(): string {
    return this.#vocabulary.names[this.#ofCurrent(NAME)] ?? '';
  }

  get uri(): string {
    return this.#vocabulary.namespaces[this.#ofCurrent(NAMESPACE)] ?? '';
  }

  next(): number {
    while (this.#at < this.#events.length) {
      const kind = this.#events[this.#at];
      if (kind === OPEN) return this.#enter();
      if (kind === CLOSE) return this.#leave(this.#at);
      this.#at += TEXT_LENGTH;
    }
    return END;
  }

  skip(): void {
    this.#leave(this.#ofCurrent(CLOSED_AT));
  }

  *passOver(): Steps<void> {
    this.skip();
  }

  nameIn(uri: string): string {
    return this.uri === uri ? this.localName : '';
  }

  text(): string {
    const end = this.#ofCurrent(CLOSED_AT);
    let text = '';
    while (this.#at < end) {
      if (this.#events[this.#at] === OPEN) this.#at = (this.#events[this.#at + CLOSED_AT] ?? end) + CLOSE_LENGTH;
      else {
        text += textOf(this.#bytes, this.#events[this.#at + 1] ?? 0, this.#events[this.#at + 2] ?? 0);
        this.#at += TEXT_LENGTH;
      }
    }
    this.#leave(end);
    return text;
  }

  attribute(local: string): string | undefined {
    const wanted = this.#vocabulary.numbers.get(local);
    if (wanted === undefined)
      throw new SyncError('InternalError', { where: 'the quick reader', reason: `${local} is not listed` });
    const events = this.#events;
    const from = (this.#open.at(-1) ?? 0) + OPEN_LENGTH;
    const end = from + this.#ofCurrent(ATTRIBUTES) * ATTRIBUTE_LENGTH;
    for (let at = from; at < end; at += ATTRIBUTE_LENGTH)
      if (events[at] === wanted) return attributeValueOf(this.#bytes, events[at + 1] ?? 0, events[at + 2] ?? 0);
    return undefined;
  }

  #ofCurrent(field: number): number {
    return this.#events[(this.#open.at(-1) ?? 0) + field] ?? 0;
  }

  #enter(): number {
    this.#open.push(this.#at);
    this.#at += OPEN_LENGTH + (this.#events[this.#at + ATTRIBUTES] ?? 0) * ATTRIBUTE_LENGTH;
    return OPEN;
  }

  /** `closedAt`: where the CLOSE of the current element stands. */
  #leave(closedAt: number): number {
    this.#open.pop();
    this.#at = closedAt + CLOSE_LENGTH;
    return CLOSE;
  }
}
