import type { XmlNames } from './XmlNames.js';
import { attributeValueOf } from './characters.js';

const XML_URI = 'http://www.w3.org/XML/1998/namespace';
const MAX_BINDINGS = 512;

/** Namespace bindings in force while a document is read. */
export class XmlScopes {
  readonly #prefixes: string[] = ['xml'];
  readonly #uris: string[] = [XML_URI];
  readonly #depths: number[] = [0];
  #depth = 0;

  enter(depth: number): void {
    this.#depth = depth;
  }

  /** Binds a prefix ('' is the default namespace) in the current element; false when XML forbids it. */
  bind(prefix: string, uri: string): boolean {
    if (this.#prefixes.length >= MAX_BINDINGS || prefix === 'xmlns') return false;
    if (prefix === 'xml') return uri === XML_URI;
    if (prefix !== '' && uri === '') return false;
    for (let i = this.#prefixes.length - 1; this.#depths[i] === this.#depth; i -= 1)
      if (this.#prefixes[i] === prefix) return false;
    this.#prefixes.push(prefix);
    this.#uris.push(uri);
    this.#depths.push(this.#depth);
    return true;
  }

  leave(depth: number): void {
    while ((this.#depths[this.#depths.length - 1] ?? 0) >= depth && this.#depths.length > 1) {
      this.#prefixes.pop();
      this.#uris.pop();
      this.#depths.pop();
    }
    this.#depth = depth - 1;
  }

  uriOf(prefix: string): string | undefined {
    for (let i = this.#prefixes.length - 1; i >= 0; i -= 1) if (this.#prefixes[i] === prefix) return this.#uris[i];
    return prefix === '' ? '' : undefined;
  }
}

const MAX_ATTRIBUTES = 256;

/** Attributes of the start tag that was read last: name numbers and where the values lie. */
export class XmlAttributes {
  readonly #bytes: Buffer;
  readonly #names: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  #count = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get count(): number {
    return this.#count;
  }

  clear(): void {
    this.#count = 0;
  }

  /** Why the attribute may not stand in the tag, or undefined when it was taken. */
  add(name: number, start: number, end: number): string | undefined {
    if (this.#count >= MAX_ATTRIBUTES) return 'a tag has too many attributes';
    for (let i = 0; i < this.#count; i += 1) if (this.#names[i] === name) return 'a tag has the same attribute twice';
    this.#names[this.#count] = name;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count += 1;
    return undefined;
  }

  nameAt(index: number): number {
    return this.#names[index] ?? 0;
  }

  valueAt(index: number): string {
    return attributeValueOf(this.#bytes, this.#starts[index] ?? 0, this.#ends[index] ?? 0);
  }

  /** Why the prefixes are wrong: one is not declared, or two stand for one namespace before the same name. */
  prefixProblem(names: XmlNames, scopes: XmlScopes): string | undefined {
    let seen: Set<string> | undefined;
    for (let i = 0; i < this.#count; i += 1) {
      const name = this.nameAt(i);
      const prefix = names.prefixOf(name);
      if (prefix === '') continue;
      const uri = scopes.uriOf(prefix);
      if (uri === undefined) return `the prefix ${prefix} is not declared`;
      const full = `${uri} ${names.localOf(name)}`;
      if (seen?.has(full) === true) return 'a tag has the same attribute twice';
      (seen ??= new Set()).add(full);
    }
    return undefined;
  }
}
