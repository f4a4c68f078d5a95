/** Ids of the revisions of categories, as far as revisions were looked through: what one is of never changes. */
export class CategoryIds {
  readonly #ids: number[] = [];
  #upTo = 0;

  /** In order. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** The highest id that was looked at. */
  get upTo(): number {
    return this.#upTo;
  }

  /** Those that were found above `upTo`, in order, of revisions up to `highest`; another one may have looked too. */
  note(found: readonly number[], highest: number): void {
    for (const id of found) if (id > (this.#ids.at(-1) ?? 0)) this.#ids.push(id);
    this.#upTo = Math.max(this.#upTo, highest, this.#ids.at(-1) ?? 0);
  }
}
