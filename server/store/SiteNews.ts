/** What a server tells those that share its database. */
export type SiteNews =
  /** Another server owns the site, or none. */
  | { readonly kind: 'Owner'; readonly by: string }
  /** A transaction: which parts of `SiteChanges` it had, and the settings by name; `*` for too many to say. */
  | {
      readonly kind: 'Commit';
      readonly by: string;
      readonly parts: readonly string[];
      readonly settings: readonly string[];
    }
  /** A server that follows asks the owner to do something, by the number of the request. */
  | { readonly kind: 'Request'; readonly by: string; readonly id: string }
  /** The owner has done it. */
  | { readonly kind: 'Answer'; readonly by: string; readonly id: string }
  /** How far the run of the owner is, as JSON text. */
  | { readonly kind: 'Progress'; readonly by: string; readonly progress: string }
  /** A key of the site was changed. */
  | { readonly kind: 'Keys'; readonly by: string }
  /** The connection was lost: whatever is remembered of the database may be old. */
  | { readonly kind: 'Missed' };

/** Those who hear what other servers have done. */
export class NewsReaders {
  readonly #readers = new Set<(news: SiteNews) => void>();

  /** The result ends it. */
  add(reader: (news: SiteNews) => void): () => void {
    this.#readers.add(reader);
    return () => void this.#readers.delete(reader);
  }

  tell(news: SiteNews): void {
    for (const reader of this.#readers) reader(news);
  }
}
