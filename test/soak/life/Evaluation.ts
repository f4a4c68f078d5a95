import { addMonths } from './addMonths.js';
import { Bundles } from './Bundles.js';
import type { Facts, Reason, Revision, Row, Site } from './model.js';

const UPGRADES = '3689bdc8-b205-4af4-8d4a-a63924c5e9d5';
const DEFINITIONS = 'e0789628-ce08-4437-be74-2495b842f43b';
/** "The smallest of them": in the order of the numbers that the site database has for the reasons. */
const SMALLEST_FIRST: readonly Reason[] = ['publisher', 'subscription', 'supersedence', 'upstream'];

/** A bundle that holds an update, and the revision of the update that it names. */
interface Holder {
  readonly root: string;
  readonly number: number;
}

/** One look at everything, update by update. */
export class Evaluation {
  readonly bundles: Bundles;

  constructor(
    readonly facts: Facts,
    readonly before: Site,
  ) {
    this.bundles = new Bundles(facts.stored);
  }

  /** A row is there for what is selected, for its bundled children, and for what was one of them once. */
  hasRow(id: string): boolean {
    return this.before.has(id) || this.isSelected(id) || this.#heldBy(id, (root) => this.isSelected(root)).length > 0;
  }

  row(id: string): Row {
    const isHidden = !this.#isVisible(id);
    const { number, bundles } = this.#shown(id);
    const reason = isHidden ? this.#hiddenReason(id) : this.#ownReason(id);
    const before = this.before.get(id);
    const isExpired = reason !== 'none';
    return {
      id,
      number,
      reason,
      isHidden,
      isSuperseded: this.#superseding(id).length > 0,
      supersededSince: this.#supersededSince(id),
      isBundle: bundles.length > 0,
      isRemoved: isExpired && (before?.isRemoved ?? true),
      expiredSince: !isExpired
        ? 0
        : before === undefined || before.reason === 'none'
          ? this.facts.now
          : before.expiredSince,
    };
  }

  isSelected(id: string): boolean {
    const { isDeployable, categories } = this.#current(id);
    return (
      isDeployable &&
      categories.some((one) => this.facts.products.has(one)) &&
      categories.some((one) => this.facts.classifications.has(one))
    );
  }

  /**
   * Bundles of the site that hold an update; not those that are held themselves, because who holds them holds it too.
   */
  holders(id: string): readonly Holder[] {
    return this.#heldBy(
      id,
      (root) =>
        this.#isVisible(root) || (this.hasRow(root) && this.#heldBy(root, (other) => this.hasRow(other)).length === 0),
    );
  }

  #current(id: string): Revision {
    const revision = this.bundles.revisions(id).at(-1);
    if (revision === undefined) throw new Error(`${id} is not stored`);
    return revision;
  }

  /** The date of its first revision. */
  #created(id: string): number {
    return this.bundles.revisions(id)[0]?.created ?? 0;
  }

  /** Is, or was until now, in the lists of the site. */
  #isListed(id: string): boolean {
    return this.isSelected(id) || this.before.get(id)?.isHidden === false;
  }

  /**
   * What is selected is never hidden; else a bundle hides it, and what was hidden once does not come out by losing its
   * bundle.
   */
  #isVisible(id: string): boolean {
    return this.isSelected(id) || (this.#isListed(id) && this.#heldBy(id, (root) => this.#isListed(root)).length === 0);
  }

  /** Bundles that hold an update at any level below their current revision. */
  #heldBy(id: string, isRoot: (id: string) => boolean): readonly Holder[] {
    const holders = this.bundles.ids().flatMap((root) =>
      root === id
        ? []
        : this.bundles
            .members(this.#current(root))
            .filter((member) => member.id === id)
            .map(({ number }) => ({ root, number })),
    );
    return holders.filter(({ root }) => isRoot(root));
  }

  /** The current revision; of a hidden child the highest that bundles hold. */
  #shown(id: string): Revision {
    const numbers = this.#isVisible(id) ? [] : this.holders(id).map(({ number }) => number);
    return this.bundles.revisions(id).find((one) => one.number === Math.max(...numbers)) ?? this.#current(id);
  }

  /** Why it is expired, supersedence apart. */
  #standing(id: string): Reason {
    if (this.#current(id).isExpired) return 'publisher';
    if (!this.isSelected(id)) return 'subscription';
    return this.facts.gone.has(id) ? 'upstream' : 'none';
  }

  #superseding(id: string): readonly string[] {
    return this.bundles
      .ids()
      .filter(
        (other) =>
          other !== id &&
          this.#current(other).supersedes.includes(id) &&
          this.isSelected(other) &&
          this.#standing(other) === 'none',
      );
  }

  /** When the oldest superseding update that is newer was created; 0 for none. */
  #supersededSince(id: string): number {
    const dates = this.#superseding(id)
      .map((other) => this.#created(other))
      .filter((created) => created > this.#created(id));
    return dates.length === 0 ? 0 : Math.min(...dates);
  }

  #isDueByRule(id: string): boolean {
    const since = this.#supersededSince(id);
    const { categories } = this.#current(id);
    if (since === 0 || categories.includes(DEFINITIONS)) return false;
    const rule = categories.includes(UPGRADES) ? this.facts.featureRule : this.facts.rule;
    return rule.immediately || this.facts.now >= addMonths(since, rule.months);
  }

  #ownReason(id: string): Reason {
    const standing = this.#standing(id);
    return standing === 'none' && this.#isDueByRule(id) ? 'supersedence' : standing;
  }

  #hiddenReason(id: string): Reason {
    const reasons = this.holders(id).map(({ root }) => this.#ownReason(root));
    if (reasons.length === 0) return this.#standing(id);
    return reasons.includes('none') ? 'none' : (SMALLEST_FIRST.find((reason) => reasons.includes(reason)) ?? 'none');
  }
}
