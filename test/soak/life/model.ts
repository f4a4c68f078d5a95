import { Evaluation } from './Evaluation.js';
import { removeOldExpired } from './removeOldExpired.js';

/**
 * The model of the site database: what it should hold is worked out anew from every revision that was ever stored, by
 * the
 * rules of docs/life-of-an-update.md in loops over all updates, with nothing taken from the product's own decisions.
 */

/** A revision of an update. Times are ms since 1970. */
export interface Revision {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly created: number;
  readonly isExpired: boolean;
  readonly isDeployable: boolean;
  readonly categories: readonly string[];
  readonly supersedes: readonly string[];
  readonly bundles: readonly { readonly id: string; readonly revision: number }[];
}

export type Reason = 'none' | 'publisher' | 'subscription' | 'supersedence' | 'upstream';

/** Superseded updates expire at once, or so many months after the superseding one was created. */
export interface Rule {
  readonly immediately: boolean;
  readonly months: number;
}

/** Everything the state of the site follows from, beside the state before. */
export interface Facts {
  readonly stored: readonly Revision[];
  readonly products: ReadonlySet<string>;
  readonly classifications: ReadonlySet<string>;
  /** Ids that the last complete list of the upstream did not name, and no list since. */
  readonly gone: ReadonlySet<string>;
  readonly rule: Rule;
  readonly featureRule: Rule;
  readonly cleanupAgeDays: number;
  readonly now: number;
}

/** An update of the site; `isRemoved` is a tombstone. */
export interface Row {
  readonly id: string;
  readonly number: number;
  readonly reason: Reason;
  readonly isSuperseded: boolean;
  readonly supersededSince: number;
  readonly isHidden: boolean;
  readonly isBundle: boolean;
  readonly isRemoved: boolean;
  readonly expiredSince: number;
}

export type Site = ReadonlyMap<string, Row>;

/** The site after a run, from the facts and the site before it. */
export function evaluate(facts: Facts, before: Site): Site {
  const evaluation = new Evaluation(facts, before);
  const rows = evaluation.bundles
    .ids()
    .filter((id) => evaluation.hasRow(id))
    .map((id) => evaluation.row(id));
  return removeOldExpired(new Map(rows.map((row) => [row.id, row])), facts);
}
