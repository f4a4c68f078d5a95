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
