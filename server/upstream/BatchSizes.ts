/** What came of one batch that had to be divided because the server could not answer it. */
interface DividedBatch {
  readonly size: number;
  /** Most updates that it answered at once. */
  readonly answered: number;
  /** True when single updates could not be had: then these, and not the size, were the cause. */
  readonly hasFailed: boolean;
}

/** So many batches must have been too large: one that was met by a moment of trouble says nothing. */
const ENOUGH = 2;

/** Learns how many updates a server answers at once. */
export class BatchSizes {
  limit: number | undefined;
  #tooLarge = 0;

  /** The updates in batches that the server is known to answer. */
  *pieces<Item>(items: readonly Item[]): Generator<readonly Item[], void, void> {
    const size = this.limit ?? items.length;
    for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
  }

  note({ size, answered, hasFailed }: DividedBatch): void {
    if (hasFailed || answered === 0 || answered >= size) return;
    this.#tooLarge += 1;
    if (this.#tooLarge >= ENOUGH) this.limit = Math.min(answered, this.limit ?? answered);
  }
}
