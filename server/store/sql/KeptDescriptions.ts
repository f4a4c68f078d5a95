/** Characters of the texts that are kept at most, and of the longest one that is. */
const MOST = 512 * 1024;
const LONGEST = 4096;

/** Numbers of descriptions that were written lately: most revisions have one that another one has as well. */
export class KeptDescriptions {
  readonly #ids = new Map<string, number>();
  #characters = 0;
  /** Number of the next one that is added; undefined until the database was asked. */
  next: number | undefined;

  get(text: string): number | undefined {
    return this.#ids.get(text);
  }

  keep(text: string, id: number): void {
    if (text.length > LONGEST) return;
    if (this.#characters >= MOST) this.#ids.clear();
    this.#characters = this.#ids.size === 0 ? text.length : this.#characters + text.length;
    this.#ids.set(text, id);
  }

  /** Some may not be there any more, or never were. */
  clear(): void {
    this.#ids.clear();
    this.next = undefined;
  }
}
