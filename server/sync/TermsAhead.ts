import { identityKey } from '../metadata/UpdateIdentity.js';
import type { ContentFile } from '../upstream/Source.js';
import type { SyncContext } from './SyncContext.js';
import type { ReadBatch } from './readBatch.js';
import { downloadTerms, termsToFetch } from './synchronizeLicenseTerms.js';

/** Downloads at once beside the documents. */
const AT_ONCE = 2;

/**
 * Downloads licence terms while documents come, because each file waits for the upstream and for the disk. What is not
 * there in the end is the matter of `synchronizeLicenseTerms`, so after the first failure nothing more is tried here.
 */
export class TermsAhead {
  readonly #context: SyncContext;
  readonly #languages: readonly string[];
  readonly #stop = new AbortController();
  readonly #met = new Set<string>();
  readonly #working = new Set<Promise<void>>();
  #waiting: ContentFile[] = [];
  #isOver = false;

  constructor(context: SyncContext, languages: readonly string[]) {
    this.#context = context;
    this.#languages = languages;
  }

  /** The licence terms of documents that were read. */
  add({ revisions, terms }: Pick<ReadBatch, 'revisions' | 'terms'>): void {
    if (terms.size === 0 || this.#isOver) return;
    for (const revision of revisions)
      for (const file of termsToFetch(revision, terms.get(identityKey(revision)) ?? [], this.#languages)) {
        if (!this.#met.has(file.digest)) this.#waiting.push(file);
        this.#met.add(file.digest);
      }
    while (this.#working.size < AT_ONCE && this.#waiting.length > 0) this.#begin();
  }

  /** Ends with what is under way. */
  async finish(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#working);
  }

  /** Ends now: the documents have failed, and whoever waits for that does not wait for a download. */
  async abandon(): Promise<void> {
    this.#stop.abort();
    await this.finish();
  }

  #begin(): void {
    const work = this.#work().finally(() => this.#working.delete(work));
    this.#working.add(work);
  }

  async #work(): Promise<void> {
    const signal = AbortSignal.any([this.#context.signal, this.#stop.signal]);
    for (let file = this.#waiting.shift(); file !== undefined && !this.#isOver; file = this.#waiting.shift()) {
      const reason = await downloadTerms(this.#context, file, signal).catch(String);
      if (reason !== '') this.#isOver = true;
    }
  }
}
