import { atOnce, type Steps } from '../platform/inTurns.js';
import { CLOSE, type ElementReader, END, OPEN } from './ElementReader.js';
import { XmlAttributes, XmlScopes } from './XmlAttributes.js';
import { sharedNames } from './XmlNames.js';
import { BANG, CLASS, EQUALS, GT, LT, OPEN_BRACKET, QUESTION, SLASH, SPACE } from './bytes.js';
import { wrongCharacters } from './wrongCharacters.js';
import { decodeEntities, lineEnds, textOf } from './characters.js';
import {
  attributeValueEnd,
  CDATA_END,
  CDATA_START,
  cdataEnd,
  commentEnd,
  instructionEnd,
  nameEnd,
  textEnd,
} from './runs.js';

/** Why a document is not well-formed, and where. The caller turns it into the SyncError that names the document. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';

  constructor(
    reason: string,
    readonly offset: number,
  ) {
    super(`${reason} (at byte ${offset})`);
  }
}

const MAX_DEPTH = 256;
/** Bytes that are passed over in one step. */
const PIECE = 128 * 1024;
/**
 * Single-pass pull reader over the UTF-8 bytes of one XML document: strict about well-formedness and namespaces,
 * no DOCTYPE, no strings but those asked for. Throws XmlSyntaxError with the byte offset.
 */
export class XmlScanner implements ElementReader {
  readonly #bytes: Buffer;
  readonly #names = sharedNames();
  readonly #attributes: XmlAttributes;
  readonly #scopes = new XmlScopes();
  readonly #open: number[] = [];
  #position = 0;
  readonly #start: number;
  #pendingClose = false;
  #rootSeen = false;
  /** Where the last step of `passOver` ended: very many short elements are passed over in steps too. */
  #rested = 0;

  /** `isRight`: its characters were looked at already. */
  constructor(bytes: Uint8Array, isRight = false) {
    this.#bytes = bytesOf(bytes);
    this.#attributes = new XmlAttributes(this.#bytes);
    const wrong = isRight ? undefined : atOnce(wrongCharacters(this.#bytes));
    if (wrong !== undefined) this.#fail(wrong);
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.#position = 3;
    this.#start = this.#position;
  }

  /** The same in steps: to look at the characters of a long document takes time. @throws XmlSyntaxError */
  static *open(bytes: Uint8Array): Steps<XmlScanner> {
    const wrong = yield* wrongCharacters(bytesOf(bytes));
    if (wrong !== undefined) throw new XmlSyntaxError(wrong, 0);
    return new XmlScanner(bytes, true);
  }

  get localName(): string {
    return this.#names.localOf(this.#current());
  }

  get uri(): string {
    return this.#scopes.uriOf(this.#names.prefixOf(this.#current())) ?? '';
  }

  /** Goes to the next start tag or end tag; text between is checked, and given to `take` where there is one. */
  next(take?: (text: string) => void): number {
    if (this.#pendingClose) return this.#closeEmpty();
    for (;;) {
      const start = this.#position;
      const end = start >= this.#bytes.length ? -1 : this.#passText();
      if (end < 0) return this.#finish();
      if (take !== undefined && end > start) take(textOf(this.#bytes, start, end));
      const kind = this.#bytes[this.#position + 1];
      if (kind === SLASH) return this.#closeTag();
      if (this.#isCdata()) {
        const text = this.#cdata();
        take?.(text);
      } else if (kind === BANG) this.#bang();
      else if (kind === QUESTION) this.#instruction();
      else return this.#openTag();
    }
  }

  skip(): void {
    const target = this.#open.length - 1;
    while (this.#open.length > target) this.next();
  }

  *passOver(): Steps<void> {
    const target = this.#open.length - 1;
    let textStart = this.#position;
    while (this.#open.length > target) {
      if (!this.#passPiece(textStart)) {
        this.next();
        textStart = this.#position;
      }
      if (this.#position - this.#rested < PIECE) continue;
      this.#rested = this.#position;
      yield;
    }
  }

  nameIn(uri: string): string {
    return this.uri === uri ? this.localName : '';
  }

  text(): string {
    if (this.#pendingClose) {
      this.next();
      return '';
    }
    for (let text = ''; ;) {
      const start = this.#position;
      const end = this.#passText();
      if (end < 0) return this.#fail('it ends inside an element');
      if (end > start) text += textOf(this.#bytes, start, end);
      const kind = this.#bytes[end + 1];
      if (kind === SLASH) {
        this.#closeTag();
        return text;
      }
      if (this.#isCdata()) text += this.#cdata();
      else if (kind === BANG) this.#bang();
      else if (kind === QUESTION) this.#instruction();
      else {
        this.#openTag();
        this.skip();
      }
    }
  }

  attribute(local: string): string | undefined {
    const attributes = this.#attributes;
    for (let i = 0; i < attributes.count; i += 1)
      if (this.#names.isPlain(attributes.nameAt(i), local)) return attributes.valueAt(i);
    return undefined;
  }

  /** Namespace URI that a prefix is bound to here. */
  resolvePrefix(prefix: string): string | undefined {
    return this.#scopes.uriOf(prefix);
  }

  #current(): number {
    return this.#open[this.#open.length - 1] ?? 0;
  }

  #isCdata(): boolean {
    return this.#bytes[this.#position + 1] === BANG && this.#bytes[this.#position + 2] === OPEN_BRACKET;
  }

  #cdata(): string {
    if (this.#open.length === 0) this.#fail('there is text outside the root element');
    const end = this.#orFail(cdataEnd(this.#bytes, this.#position));
    const text = lineEnds(this.#bytes.toString('utf8', this.#position + CDATA_START.length, end - CDATA_END.length));
    this.#position = end;
    return text;
  }

  /** Moves to the next `<` and gives its position, or -1 at the end of the document. */
  #passText(): number {
    const [from, to] = [this.#position, this.#bytes.length];
    const end = this.#orFail(textEnd(this.#bytes, { from, to, isOutside: this.#open.length === 0 }));
    this.#position = end;
    return end < this.#bytes.length ? end : -1;
  }

  /** Passes over a piece of the text that began at `start`; true when it goes on behind it. */
  #passPiece(start: number): boolean {
    if (this.#pendingClose) return false;
    const to = Math.min(this.#bytes.length, this.#position + PIECE);
    const end = textEnd(this.#bytes, { from: this.#position, to, isOutside: false });
    this.#position = typeof end === 'string' ? this.#fail(end, start) : end;
    return this.#position < this.#bytes.length && this.#bytes[this.#position] !== LT;
  }

  #openTag(): number {
    if (this.#open.length === 0 && this.#rootSeen) this.#fail('it has a second root element');
    if (this.#open.length >= MAX_DEPTH) this.#fail('its elements are nested too deeply');
    this.#rootSeen = true;
    const name = this.#readName(this.#position + 1);
    this.#open.push(name);
    this.#scopes.enter(this.#open.length);
    this.#readAttributes();
    this.#requirePrefix(name);
    return OPEN;
  }

  #readAttributes(): void {
    this.#attributes.clear();
    const bytes = this.#bytes;
    for (;;) {
      const from = this.#position;
      this.#passSpace();
      const byte = bytes[this.#position];
      if (byte === GT) {
        this.#position += 1;
        break;
      }
      if (byte === SLASH) {
        if (bytes[this.#position + 1] !== GT) this.#fail('a tag is malformed');
        this.#position += 2;
        this.#pendingClose = true;
        break;
      }
      if (this.#position === from) this.#fail('a tag is malformed');
      this.#readAttribute();
    }
    const problem = this.#attributes.prefixProblem(this.#names, this.#scopes);
    if (problem !== undefined) this.#fail(problem);
  }

  #readAttribute(): void {
    const name = this.#readName(this.#position);
    this.#passSpace();
    if (this.#bytes[this.#position] !== EQUALS) this.#fail('an attribute has no value');
    this.#position += 1;
    this.#passSpace();
    const start = this.#position + 1;
    const end = this.#orFail(attributeValueEnd(this.#bytes, this.#position));
    this.#position = end + 1;
    if (this.#names.isNamespaceDeclaration(name)) this.#declare(name, start, end);
    else {
      const refused = this.#attributes.add(name, start, end);
      if (refused !== undefined) this.#fail(refused);
    }
  }

  #declare(name: number, start: number, end: number): void {
    const raw = this.#bytes.toString('utf8', start, end);
    const prefix = this.#names.prefixOf(name) === '' ? '' : this.#names.localOf(name);
    if (!this.#scopes.bind(prefix, decodeEntities(raw))) this.#fail(`the prefix ${prefix} cannot be declared this way`);
  }

  #requirePrefix(name: number): void {
    const prefix = this.#names.prefixOf(name);
    if (prefix !== '' && this.#scopes.uriOf(prefix) === undefined) this.#fail(`the prefix ${prefix} is not declared`);
  }

  #closeTag(): number {
    const name = this.#current();
    const end = this.#names.matchesAt(name, this.#bytes, this.#position + 2);
    if (this.#open.length === 0 || end < 0) this.#fail('an end tag does not match its start tag');
    this.#position = end;
    this.#passSpace();
    if (this.#bytes[this.#position] !== GT) this.#fail('an end tag is malformed');
    this.#position += 1;
    return this.#leave();
  }

  #closeEmpty(): number {
    this.#pendingClose = false;
    return this.#leave();
  }

  #leave(): number {
    this.#scopes.leave(this.#open.length);
    this.#open.pop();
    return CLOSE;
  }

  #finish(): number {
    if (this.#open.length > 0) this.#fail('it ends inside an element');
    if (!this.#rootSeen) this.#fail('it has no root element');
    return END;
  }

  #bang(): void {
    this.#position = this.#orFail(commentEnd(this.#bytes, this.#position));
  }

  #instruction(): void {
    this.#position = this.#orFail(instructionEnd(this.#bytes, this.#position, this.#position === this.#start));
  }

  #orFail(result: number | string): number {
    return typeof result === 'string' ? this.#fail(result) : result;
  }

  #readName(start: number): number {
    const expected = this.#names.expected(this.#bytes, start);
    if (expected >= 0) {
      this.#position = start + this.#names.lengthOf(expected);
      return expected;
    }
    const end = nameEnd(this.#bytes, start);
    if (end === start) this.#fail('a name is missing', start);
    this.#position = end;
    const name = this.#names.intern(this.#bytes, start, end);
    return name < 0 ? this.#fail('a name is malformed', start) : name;
  }

  #passSpace(): void {
    while (CLASS[this.#bytes[this.#position] ?? 0] === SPACE) this.#position += 1;
  }

  #fail(reason: string, at = this.#position): never {
    throw new XmlSyntaxError(reason, at);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
