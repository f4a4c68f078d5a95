import type { Revision } from './model.js';

/** Every stored revision, and which of them bundles hold at any level, each by its exact number. */
export class Bundles {
  readonly #revisions: ReadonlyMap<string, readonly Revision[]>;
  readonly #members = new Map<Revision, readonly Revision[]>();

  constructor(stored: readonly Revision[]) {
    const ids = [...new Set(stored.map((one) => one.id))];
    this.#revisions = new Map(
      ids.map((id) => [id, stored.filter((one) => one.id === id).sort((one, other) => one.number - other.number)]),
    );
  }

  ids(): readonly string[] {
    return [...this.#revisions.keys()];
  }

  /** All that are stored of an update, the lowest first. */
  revisions(id: string): readonly Revision[] {
    return this.#revisions.get(id) ?? [];
  }

  /** The stored members of a bundle at all levels. */
  members(bundle: Revision): readonly Revision[] {
    const known = this.#members.get(bundle) ?? this.#collect(bundle, []);
    this.#members.set(bundle, known);
    return known;
  }

  #collect(bundle: Revision, above: readonly Revision[]): readonly Revision[] {
    return this.direct(bundle)
      .filter((member) => member !== bundle && !above.includes(member))
      .flatMap((member) => [member, ...this.#collect(member, [...above, bundle])]);
  }

  /** The stored members that it names itself. */
  direct(bundle: Revision): readonly Revision[] {
    return bundle.bundles.flatMap((named) => this.revisions(named.id).filter((one) => one.number === named.revision));
  }
}
