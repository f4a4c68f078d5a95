/** Ids of the revisions of categories, as far as revisions were looked through: what one is of never changes. */
export class CategoryIds {
  #ids: number[] = [];
  #upTo = 0;

  /** In order. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** The highest id that was looked at. */
  get upTo(): number {
    return this.#upTo;
  }

  /** The database may have gone back: the same ids can be of others. */
  forget(): void {
    this.#ids = [];
    this.#upTo = 0;
  }

  /**
   * Those that were found above `from`, in order, of revisions up to `highest`; another one may have looked too. False
   * where what is below was forgotten meanwhile: then one has to look again.
   */
  note(found: readonly number[], { from, highest }: { from: number; highest: number }): boolean {
    if (from > this.#upTo) return false;
    for (const id of found) if (id > (this.#ids.at(-1) ?? 0)) this.#ids.push(id);
    this.#upTo = Math.max(this.#upTo, highest, this.#ids.at(-1) ?? 0);
    return true;
  }
}
