import { identityKey } from '../../../server/metadata/UpdateIdentity.js';
import { DAY } from './addMonths.js';
import { countsOf, type Counts } from './countsOf.js';
import { expectedUpdates, toRetry, type ExpectedUpdates } from './expectedUpdates.js';
import { evaluate, type Facts, type Row, type Rule, type Site } from './model.js';
import { modelCategories, type CategoryRevision, type ModelCategory } from './ModelCategories.js';
import { currentOf, type ScriptedUpstream, type UpstreamDocument } from './ScriptedUpstream.js';
import { toCategory, toRevision } from './toRevision.js';

/** What an administrator has set. */
export interface ModelSettings {
  readonly selected: ReadonlySet<string>;
  readonly rule: Rule;
  readonly featureRule: Rule;
  readonly cleanupAgeDays: number;
}

export const DEFAULTS: ModelSettings = {
  selected: new Set(),
  rule: { immediately: false, months: 3 },
  featureRule: { immediately: false, months: 3 },
  cleanupAgeDays: 7,
};

/** How a synchronization is asked for, and when. */
export interface ModelRequest {
  readonly now: number;
  readonly fullSync?: boolean;
  readonly allowMassExpiry?: boolean;
  /** The server had been replaced before the run. */
  readonly isReplaced?: boolean;
}

/** What a run should do. Documents as `guid.revision`, sorted. */
export interface ExpectedRun {
  readonly kind: 'Full' | 'Delta';
  /** How the run should fail; '' for a success. */
  readonly errorId: '' | 'MassExpiryRefused' | 'UpstreamEmpty';
  readonly asked: readonly string[];
  readonly failed: readonly string[];
  /** Entries of the last filter for updates; undefined when the updates should not be asked for. */
  readonly filter: ReadonlyMap<string, boolean> | undefined;
  readonly counts: Counts;
  readonly changedCategories: number;
  /**
   * Whether the content version rises; undefined where only what nobody sees changed: tombstones, dates and reasons.
   */
  readonly isRising: boolean | undefined;
}

/** A site as it should be, told of the same upstream and the same settings as the real one. */
export class ModelSite {
  settings: ModelSettings = DEFAULTS;
  rows: Site = new Map();
  categories: readonly ModelCategory[] = [];
  readonly stored = new Map<string, UpstreamDocument>();
  failed: Set<string> = new Set();
  failedConfig: Set<string> = new Set();
  gone: ReadonlySet<string> = new Set();
  /** Subscribed products and classifications of which the updates were listed, and up to which time of the upstream. */
  followed = new Set<string>();
  since = 0;
  #configSince = 0;
  #lastFull: number | undefined;
  #fullSettings = '';
  #isDue = false;

  sync(upstream: ScriptedUpstream, request: ModelRequest): ExpectedRun {
    const kind = this.#kind(upstream, request);
    const config = currentOf(upstream.documents.filter((document) => document.isConfig));
    const before = { categories: this.categories, rows: this.rows, gone: this.gone };
    const keys = config.map((document) => identityKey(document.identity));
    this.failedConfig = toRetry(this, this.failedConfig, kind === 'Full' ? keys : undefined);
    const fetched = this.fetch(upstream, [...keys, ...this.failedConfig], this.failedConfig);
    this.#configSince = upstream.lastChange;
    this.categories = modelCategories(this.#categoryRevisions(), this.settings.selected);
    const updates = expectedUpdates(this, upstream, kind);
    const errorId = request.allowMassExpiry === true ? '' : this.#refusal(updates, request.now);
    if (errorId !== '') this.gone = before.gone;
    else this.#evaluate(kind, request.now);
    if (errorId === 'UpstreamEmpty') this.categories = before.categories;
    return {
      kind,
      errorId,
      asked: [...fetched.asked, ...updates.asked].sort(),
      failed: [...fetched.failed, ...updates.failed].sort(),
      filter: updates.filter,
      counts: countsOf(before.rows, this.rows),
      changedCategories: this.#changedCategories(before.categories),
      isRising: errorId === '' && this.#isRising(before),
    };
  }

  /** Changes the subscription; the categories show it at once. */
  select(selected: ReadonlySet<string>): void {
    this.settings = { ...this.settings, selected };
    this.categories = modelCategories(this.#categoryRevisions(), selected);
  }

  /** Asks for those of the documents that are not stored; what cannot be had is remembered. */
  fetch(
    upstream: ScriptedUpstream,
    keys: readonly string[],
    failures: Set<string>,
  ): { readonly asked: readonly string[]; readonly failed: readonly string[] } {
    const asked = [...new Set(keys)].filter((key) => !this.stored.has(key));
    for (const key of asked) {
      const document = upstream.documents.find((one) => identityKey(one.identity) === key);
      if (document === undefined || document.delivery !== 'good') failures.add(key);
      else {
        this.stored.set(key, document);
        failures.delete(key);
      }
    }
    return { asked, failed: asked.filter((key) => failures.has(key)) };
  }

  /** Ids of the subscribed categories of a type. */
  subscribed(type: string): ReadonlySet<string> {
    return new Set(
      this.categories
        .filter((category) => category.isSubscribed && category.type === type)
        .map((category) => category.id),
    );
  }

  facts(now: number): Facts {
    const stored = [...this.stored.values()]
      .filter((document) => !document.isConfig)
      .map((document) => toRevision(document.parts));
    const { rule, featureRule, cleanupAgeDays } = this.settings;
    return {
      stored,
      products: this.subscribed('Product'),
      classifications: this.subscribed('UpdateClassification'),
      gone: this.gone,
      rule,
      featureRule,
      cleanupAgeDays,
      now,
    };
  }

  /**
   * Full when it is the first, asked for, after a change of subscription or rules, seven days after the last, and when
   * the upstream turns out to be another or older.
   */
  #kind(upstream: ScriptedUpstream, request: ModelRequest): 'Full' | 'Delta' {
    if (request.isReplaced === true || upstream.lastChange < this.#configSince) this.#isDue = true;
    const isFull =
      this.#lastFull === undefined ||
      request.fullSync === true ||
      this.#isDue ||
      this.#fullSettings !== this.#settingsKey() ||
      request.now - this.#lastFull > 7 * DAY;
    return isFull ? 'Full' : 'Delta';
  }

  #settingsKey(): string {
    const { selected, rule, featureRule } = this.settings;
    return JSON.stringify([
      [...selected].sort(),
      ...[rule, featureRule].map(({ immediately, months }) => (immediately ? 'at once' : months)),
    ]);
  }

  #categoryRevisions(): readonly CategoryRevision[] {
    return [...this.stored.values()]
      .filter((document) => document.isConfig && document.parts.type === 'Category')
      .map((document) => toCategory(document.parts));
  }

  /**
   * Nothing at all is listed although there are live updates that should be; more than 20 percent of them (and more
   * than 50), or all of
   * them, are missing.
   */
  #refusal(updates: ExpectedUpdates, now: number): ExpectedRun['errorId'] {
    const after = evaluate(this.facts(now), this.rows);
    const live = [...this.rows.values()].filter(
      (row) => !row.isHidden && row.reason === 'none' && after.get(row.id)?.reason !== 'subscription',
    );
    if (updates.listed === undefined || live.length === 0) return '';
    if (updates.listed === 0) return 'UpstreamEmpty';
    const missing = live.filter((row) => this.gone.has(row.id)).length;
    return missing === live.length || (missing > 50 && missing > 0.2 * live.length) ? 'MassExpiryRefused' : '';
  }

  #evaluate(kind: 'Full' | 'Delta', now: number): void {
    this.rows = evaluate(this.facts(now), this.rows);
    if (kind !== 'Full') return;
    this.#lastFull = now;
    this.#fullSettings = this.#settingsKey();
    this.#isDue = false;
  }

  #changedCategories(before: readonly ModelCategory[]): number {
    return this.categories.filter(
      (category) => JSON.stringify(before.find((one) => one.id === category.id)) !== JSON.stringify(category),
    ).length;
  }

  #isRising(before: { readonly categories: readonly ModelCategory[]; readonly rows: Site }): boolean | undefined {
    if (this.#changedCategories(before.categories) > 0) return true;
    const changed = [...this.rows.values()].filter(
      (row) => JSON.stringify(before.rows.get(row.id)) !== JSON.stringify(row),
    );
    const isShown = changed.some((row) => shownOf(before.rows.get(row.id)) !== shownOf(row));
    return isShown ? true : changed.length > 0 ? undefined : false;
  }
}

/** What can be seen of a row from outside; nothing of a tombstone. */
function shownOf(row: Row | undefined): string {
  if (row === undefined || row.isRemoved) return '';
  return JSON.stringify([row.number, row.reason === 'none', row.isSuperseded, row.isHidden]);
}
