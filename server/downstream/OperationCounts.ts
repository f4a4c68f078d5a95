import type { OperationInfo } from './UpstreamServerOptions.js';

/** How many requests for each operation were served, and refused, since the engine began. */
export class OperationCounts {
  readonly #counts = new Map<string, { served: number; refused: number }>();

  /** Counts one; the names are those of the protocol, so that nobody makes up more. */
  readonly count = (operation: string, { refused }: Pick<OperationInfo, 'refused'>): void => {
    const counts = this.#counts.get(operation) ?? { served: 0, refused: 0 };
    counts[refused === undefined ? 'served' : 'refused'] += 1;
    this.#counts.set(operation, counts);
  };

  all(): readonly { readonly operation: string; readonly served: number; readonly refused: number }[] {
    return [...this.#counts].map(([operation, counts]) => ({ operation, ...counts }));
  }
}
